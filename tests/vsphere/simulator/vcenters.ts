import { X509Certificate } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { VCenterSimulator, type VCenterSimulatorOptions } from "../../../simulator/vsphere";
import { closeAfterTest, temporaryFolder } from "../../simulator/cleanup";
import { Clock } from "../../simulator/clock";
import { startKeyManager } from "../../simulator/element/key-managers";
import { RestCaller } from "./rest-caller";
import { SoapCaller } from "./soap-caller";

/** The file of a vCenter in which nothing has happened: those of a test file share its keys, which take time to make. */
let untouched: string | undefined;

/** A vCenter of its own for one test, which looks at key servers whenever it is asked and does tasks at once. */
export async function startVCenter(options: Partial<VCenterSimulatorOptions> = {}): Promise<VCenterSimulator> {
  const stateDir = options.stateDir ?? (await temporaryFolder());
  const file = join(stateDir, "vcenter.json");
  const isUsual = options.stateDir === undefined && options.trustAuthorityClusters === undefined;
  if (isUsual && untouched !== undefined) await writeFile(file, untouched);
  const switches = { healthLagSeconds: 0, taskSeconds: 0, ...options.switches };
  const simulator = await VCenterSimulator.start({ ...options, stateDir, switches });
  closeAfterTest(() => simulator.close());
  if (isUsual && options.apiVersion === undefined) untouched ??= await readFile(file, "utf8");
  return simulator;
}

/** The same, with somebody at each door, and a clock that the test moves. */
export async function startWithCallers(options: Partial<VCenterSimulatorOptions> = {}) {
  const clock = new Clock();
  const switches = { sessionIdleSeconds: 1_000_000_000, ...options.switches };
  const vcenter = await startVCenter({ now: clock.now, ...options, switches });
  return { clock, vcenter, rest: new RestCaller(vcenter), soap: new SoapCaller(vcenter) };
}

/** A KMIP server, and how providers name it. */
export async function startKeyServer(options: Parameters<typeof startKeyManager>[0] = {}) {
  const { server, authority, certificate } = await startKeyManager(options);
  return { server, authority, certificate, port: server.port };
}

export const fingerprintOf = (pem: string): string => new X509Certificate(pem).fingerprint256;
