import { createPublicKey } from "node:crypto";
import { KeyProtectSimulator, type KeyProtectSimulatorOptions } from "../../../simulator/keyprotect";
import { type Authority, issue, makeAuthority } from "../../kit/certificates";
import { closeAfterTest, temporaryFolder } from "../../simulator/cleanup";
import { Caller } from "./caller";

/** A clock that stands still until a test moves it. */
export class Clock {
  #moment = Date.now();
  readonly now = () => new Date(this.#moment);

  advance({ days = 0, hours = 0, seconds = 0 }: { days?: number; hours?: number; seconds?: number }): void {
    this.#moment += ((days * 24 + hours) * 3600 + seconds) * 1000;
  }
}

/** A region of its own for one test. */
export async function startRegion(options: Partial<KeyProtectSimulatorOptions> = {}): Promise<KeyProtectSimulator> {
  const simulator = await KeyProtectSimulator.start({ stateDir: await temporaryFolder(), ...options });
  closeAfterTest(() => simulator.close());
  return simulator;
}

/** A region on a clock of the test's, with tokens that outlast what the test lets pass. */
export async function startClockedRegion(options: Partial<KeyProtectSimulatorOptions> = {}) {
  const clock = new Clock();
  const switches = { tokenSeconds: 1_000_000_000, ...options.switches };
  const region = await startRegion({ now: clock.now, ...options, switches });
  return { clock, region, caller: new Caller(region) };
}

let authority: Authority | undefined;

/** A certificate that nobody else has. They share one key pair, which this API never sees. */
export function newCertificate(commonName = "client"): string {
  authority ??= makeAuthority();
  const publicKey = createPublicKey(authority.privateKey).export({ type: "spki", format: "pem" }).toString();
  return issue(authority, { commonName, usage: "client", publicKey }).cert;
}
