import { Driver } from "../kit/driver";

const DAY = 24 * 60 * 60 * 1000;
/** A little later than the certificates that the tests make. */
const START = 60 * 60 * 1000;

/** Knows no cluster; the test moves its time. */
export class Offline extends Driver {
  private readonly time: { now: number };

  constructor() {
    const time = { now: Date.now() + START };
    super("urn:pulumi:test::pki::pulumi-nodejs:dynamic/ekm/pki:Any::any", {
      clock: {
        now: () => new Date(time.now),
        sleep: () => Promise.reject(new Error("these lifecycles wait for nothing")),
      },
    });
    this.time = time;
  }

  moveTo(time: Date | string | number): void {
    this.time.now = new Date(time).getTime();
  }

  moveDays(days: number): void {
    this.time.now += days * DAY;
  }
}
