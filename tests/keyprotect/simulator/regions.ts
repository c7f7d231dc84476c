import { createPublicKey } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { KeyProtectSimulator, type KeyProtectSimulatorOptions } from "../../../simulator/keyprotect";
import { type Authority, issue, makeAuthority } from "../../kit/certificates";
import { closeAfterTest, temporaryFolder } from "../../simulator/cleanup";
import { Clock } from "../../simulator/clock";
import { Caller } from "./caller";

/** The file of a region in which nothing has happened: regions of a test file share its keys, which take time to make. */
let untouched: string | undefined;

/** A region of its own for one test. */
export async function startRegion(options: Partial<KeyProtectSimulatorOptions> = {}): Promise<KeyProtectSimulator> {
  const stateDir = options.stateDir ?? (await temporaryFolder());
  const file = join(stateDir, "region.json");
  if (options.stateDir === undefined && untouched !== undefined) await writeFile(file, untouched);
  const simulator = await KeyProtectSimulator.start({ ...options, stateDir });
  closeAfterTest(() => simulator.close());
  if (options.apiKey === undefined && options.instances === undefined) untouched ??= await readFile(file, "utf8");
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
  return issue(authority, { commonName, usage: "client", publicKey }).cert.replaceAll("\r\n", "\n");
}
