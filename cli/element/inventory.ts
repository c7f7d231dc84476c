import { type CertificateRequest, readCertificateRequest } from "../../provider/pki";
import type { Cluster } from "../../provider/systems/element/api/cluster";
import type { ClusterInfo, KeyProviderKmip, KeyServerKmip } from "../../provider/systems/element/api/types";
import { KeyServerTestError, SoftwareEncryptionDisabledError } from "../../provider/systems/element/errors";
import { testKeyServer } from "../../provider/systems/element/observed/connectivity";
import {
  type ObservedEncryption,
  observeEncryption,
} from "../../provider/systems/element/observed/hardware-encryption";
import { listKeyProviders } from "../../provider/systems/element/observed/key-providers";
import { clusterCertificateRequest, listKeyServers } from "../../provider/systems/element/observed/key-servers";
import {
  type ObservedMasterKey,
  observeMasterKey,
  runningRekey,
} from "../../provider/systems/element/observed/master-key";

/** Everything of external key management that a cluster has. */
export interface Inventory {
  cluster: Pick<ClusterInfo, "name" | "uniqueID">;
  keyPair?: Pick<CertificateRequest, "subject" | "subjectFields" | "publicKeyFingerprint">;
  keyServers: KeyServerKmip[];
  /** Why the cluster cannot use a key server at present, by its id. */
  keyServerFailures: ReadonlyMap<number, string>;
  keyProviders: KeyProviderKmip[];
  /** `untold` by clusters before API 12.3; `none` without software encryption at rest. */
  masterKey: ObservedMasterKey | "untold" | "none";
  /** Handle of a rekey that is running. */
  rekey?: number;
  hardwareEncryption: ObservedEncryption;
}

/** Reads a cluster. */
export async function takeInventory(cluster: Cluster): Promise<Inventory> {
  const tells = await cluster.supports("GetSoftwareEncryptionAtRestInfo");
  const [keyServers, keyProviders, request, masterKey] = await Promise.all([
    listKeyServers(cluster),
    listKeyProviders(cluster),
    clusterCertificateRequest(cluster),
    tells ? lookAtMasterKey(cluster) : ("untold" as const),
  ]);
  const { name, uniqueID } = await cluster.clusterInfo();
  return {
    cluster: { name, uniqueID },
    keyPair: request === undefined ? undefined : readCertificateRequest(request),
    keyServers,
    keyServerFailures: await tryOut(cluster, keyServers),
    keyProviders,
    masterKey,
    rekey: typeof masterKey === "string" ? undefined : await runningRekey(cluster, masterKey),
    hardwareEncryption: await observeEncryption(cluster),
  };
}

/** Has the cluster try its key servers: adopting a server that it cannot use leaves an incomplete resource. */
async function tryOut(cluster: Cluster, keyServers: readonly KeyServerKmip[]): Promise<ReadonlyMap<number, string>> {
  const failures = new Map<number, string>();
  await Promise.all(
    keyServers.map(async ({ keyServerID }) => {
      try {
        await testKeyServer(cluster, keyServerID, `testing key server ${keyServerID}`);
      } catch (error) {
        if (!(error instanceof KeyServerTestError)) throw error;
        failures.set(keyServerID, error.explanation.reason);
      }
    }),
  );
  return failures;
}

async function lookAtMasterKey(cluster: Cluster): Promise<ObservedMasterKey | "none"> {
  try {
    return await observeMasterKey(cluster);
  } catch (error) {
    if (error instanceof SoftwareEncryptionDisabledError) return "none";
    throw error;
  }
}
