import { randomBytes, randomInt, randomUUID } from "node:crypto";
import { selfSignedEndpointCertificate } from "../chassis/endpoint-certificate";
import type { ClusterRecord } from "../chassis/store";
import type { HeldKey } from "./cluster/state";
import { createDataKey } from "./methods/data-key";
import { newDrives } from "./methods/drives";

export interface NewCluster {
  name: string;
  username: string;
  password: string;
  softwareEncryptionAtRest: boolean;
}

/** A cluster as its creation leaves it: software encryption with an internal master key, hardware encryption off. */
export async function createCluster(options: NewCluster, now: Date): Promise<ClusterRecord> {
  const tls = await selfSignedEndpointCertificate(options.name, now);
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
      tlsPrivateKey: tls.privateKey,
      tlsCertificate: tls.certificate,
      internalKeys: encrypted ? { [masterKey.keyID]: material.toString("base64") } : {},
    },
  };
}

/** Four characters, as on Element. */
function uniqueID(): string {
  return Array.from({ length: 4 }, () => randomInt(36).toString(36)).join("");
}
