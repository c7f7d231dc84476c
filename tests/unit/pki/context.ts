import type { Clock } from "../../../provider/clock";
import { NO_HISTORY } from "../../../provider/journal/history";
import { NO_JOURNAL } from "../../../provider/journal/journal";
import type { Context } from "../../../provider/lifecycle";

const DAY = 24 * 60 * 60 * 1000;

/** A context that knows no cluster, whose time the test moves and whose lines it reads. */
export class Offline implements Context {
  readonly urn = "urn:pulumi:test::pki::pulumi-nodejs:dynamic/ekm/pki:Any::any";
  readonly warnings: string[] = [];
  readonly plans: string[] = [];
  readonly facts: string[] = [];
  readonly signal: AbortSignal = new AbortController().signal;
  readonly log = {
    announce: (message: string) => void this.plans.push(message),
    progress() {},
    info: (message: string) => void this.facts.push(message),
    warn: (message: string) => void this.warnings.push(message),
  };
  readonly declarations = { declare: () => undefined, isDeclared: () => true, heir: () => undefined };
  readonly fleet = { expect() {} };
  readonly journal = NO_JOURNAL;
  readonly history = NO_HISTORY;
  readonly leftovers = () => [];
  readonly clock: Clock;
  /** A little later than the certificates that the tests make. */
  private time = Date.now() + 60 * 60 * 1000;

  constructor() {
    this.clock = {
      now: () => new Date(this.time),
      sleep: () => Promise.reject(new Error("these lifecycles wait for nothing")),
    };
  }

  exclusively(): never {
    throw new Error("these lifecycles write to nothing that others share");
  }

  cluster(): never {
    throw new Error("these lifecycles talk to no cluster");
  }

  moveTo(time: Date | string | number): void {
    this.time = new Date(time).getTime();
  }

  moveDays(days: number): void {
    this.time += days * DAY;
  }
}
