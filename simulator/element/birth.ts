import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { type CertificateSubject, selfSignedEndpointCertificate } from "../chassis/endpoint-certificate";
import type { MachineRecord } from "../chassis/machine";
import type { ClusterSecrets, ClusterState, HeldKey } from "./cluster/state";
import { createDataKey } from "./methods/data-key";
import { newDrives } from "./methods/drives";

export interface NewCluster {
  name: string;
  username: string;
  password: string;
  softwareEncryptionAtRest: boolean;
}

/** A cluster as its creation leaves it: software encryption with an internal master key, hardware encryption off. */
export async function createCluster(
  options: NewCluster,
  now: Date,
): Promise<MachineRecord<ClusterState, ClusterSecrets>> {
  const tls = await selfSignedEndpointCertificate(certificateSubject(options.name), now);
  const masterKey: HeldKey = {
    keyID: randomUUID(),
    keyManagementType: "internal",
    keyCreatedTime: `${now.toISOString().slice(0, 19)}Z`,
  };
  const material = randomBytes(32);
  const encrypted = options.softwareEncryptionAtRest;
  return {
    state: {
      identity: { name: options.name, uniqueID: uniqueID(), uuid: randomUUID() },
      lastIDs: { keyServer: 0, keyProvider: 0, asyncResult: 0, fault: 0 },
      keyServers: [],
      keyProviders: [],
      softwareEncryption: encrypted
        ? { enabled: true, masterKey, dataKey: createDataKey(masterKey.keyID, material), rekeys: 0 }
        : { enabled: false, rekeys: 0 },
      hardwareEncryption: { state: "disabled", since: now.toISOString() },
      keysToDestroy: [],
      asyncResults: [],
      faults: [],
      drives: newDrives(),
    },
    secrets: {
      username: options.username,
      password: options.password,
      ...tls,
      internalKeys: encrypted ? { [masterKey.keyID]: material.toString("base64") } : {},
    },
  };
}

/** The certificate of the management endpoint is self-signed, as on Element. */
export const certificateSubject = (clusterName: string): CertificateSubject => ({
  commonName: clusterName,
  organizationName: "Simulated cluster",
});

/** Four characters, as on Element. */
function uniqueID(): string {
  return Array.from({ length: 4 }, () => randomInt(36).toString(36)).join("");
}
