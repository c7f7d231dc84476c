import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterSimulator, type ClusterSimulatorOptions } from "../../../../simulator/element";

const open: (() => Promise<void>)[] = [];

/** A cluster of its own for one test. */
export async function startCluster(options: Partial<ClusterSimulatorOptions> = {}): Promise<ClusterSimulator> {
  const simulator = await ClusterSimulator.start({ rekeySeconds: 0, stateDir: await temporaryFolder(), ...options });
  open.push(() => simulator.close());
  return simulator;
}

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "cluster-"));
  open.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A clock's start: certificates that the test issues while this clock stands still are valid on it. */
export function soon(): Date {
  return new Date(Date.now() + 60_000);
}

/** Something else to close at the end of the test. */
export function closeAfterTest(close: () => Promise<void>): void {
  open.push(close);
}

export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

export const serverParams = {
  kmipCaCertificate: "-----BEGIN CERTIFICATE-----\nQ0E=\n-----END CERTIFICATE-----",
  kmipClientCertificate: "-----BEGIN CERTIFICATE-----\nQ0xJRU5U\n-----END CERTIFICATE-----",
  kmipKeyServerHostnames: ["127.0.0.1"],
  kmipKeyServerName: "eks",
};
