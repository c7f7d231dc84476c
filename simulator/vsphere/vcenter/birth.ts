import { randomUUID } from "node:crypto";
import { type CertificateSubject, selfSignedEndpointCertificate } from "../../chassis/endpoint-certificate";
import type { MachineRecord } from "../../chassis/machine";
import type { VCenterSecrets, VCenterState } from "./state";

export const certificateSubject: CertificateSubject = {
  commonName: "vcenter.simulated.local",
  organizationName: "Simulated vCenter",
};

export interface NewVCenter {
  username: string;
  password: string;
  apiVersion: string;
  /** How many Trust Authority clusters there are. */
  trustAuthorityClusters: number;
}

/**
 * A vCenter with some Trust Authority clusters, and a cluster of two hosts and three virtual machines, none of which is
 * encrypted.
 */
export async function createVCenter(
  { username, password, apiVersion, trustAuthorityClusters }: NewVCenter,
  now: Date,
): Promise<MachineRecord<VCenterState, VCenterSecrets>> {
  const cluster = "domain-c20";
  const host = "host-21";
  return {
    state: {
      apiVersion,
      instanceUuid: randomUUID(),
      trustAuthorityClusters: Array.from({ length: trustAuthorityClusters }, (_, index) => ({
        cluster: `domain-c${8 + index}`,
        name: index === 0 ? "vTA Cluster" : `vTA Cluster ${index + 1}`,
        state: "ENABLE",
        providers: [],
      })),
      kmsClusters: [],
      entityDefaults: [],
      hosts: [
        { id: host, name: "esx-1.simulated.local", cluster },
        { id: "host-22", name: "esx-2.simulated.local", cluster },
      ],
      virtualMachines: ["db", "mail", "web"].map((name, index) => ({ id: `vm-${31 + index}`, name, host })),
      kmsServices: [],
      trustedClusters: [{ cluster, name: "Workload Cluster", services: [] }],
      tasks: [],
      lastObject: 100,
    },
    secrets: {
      ...(await selfSignedEndpointCertificate(certificateSubject, now)),
      username,
      password,
      providers: {},
      taskRequests: {},
    },
  };
}
