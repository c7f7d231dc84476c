import { ClusterSimulator, type ClusterSimulatorOptions } from "../../../simulator/element";
import { closeAfterTest, temporaryFolder } from "../cleanup";

/** A cluster of its own for one test. */
export async function startCluster(options: Partial<ClusterSimulatorOptions> = {}): Promise<ClusterSimulator> {
  const simulator = await ClusterSimulator.start({ rekeySeconds: 0, stateDir: await temporaryFolder(), ...options });
  closeAfterTest(() => simulator.close());
  return simulator;
}

/** A clock's start: certificates that the test issues while this clock stands still are valid on it. */
export function soon(): Date {
  return new Date(Date.now() + 60_000);
}

export const serverParams = {
  kmipCaCertificate: "-----BEGIN CERTIFICATE-----\nQ0E=\n-----END CERTIFICATE-----",
  kmipClientCertificate: "-----BEGIN CERTIFICATE-----\nQ0xJRU5U\n-----END CERTIFICATE-----",
  kmipKeyServerHostnames: ["127.0.0.1"],
  kmipKeyServerName: "eks",
};
