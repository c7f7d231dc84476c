import type { EncryptionKeyInfo, SoftwareEncryptionAtRestInfo } from "../../../provider/systems/element/api/types";
import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import type { HeldKey, RekeyJob } from "../cluster/state";
import { beginAsyncResult } from "./async-results";
import { newHeldKey } from "./key-custody";
import { usableServers } from "./key-providers";
import type { MethodGroup } from "./method";
import { integer, oneOf, optional } from "./parameters";
import { rekeyProgress, rekeyResultType, runRekey } from "./rekey-job";

type Methods = "RekeySoftwareEncryptionAtRestMasterKey" | "GetSoftwareEncryptionAtRestInfo";

export const softwareEncryptionMethods: MethodGroup<Methods> = {
  /** Every call makes a new key, also when source and target are the same. */
  RekeySoftwareEncryptionAtRestMasterKey: {
    since: "12.3",
    params: {
      keyManagementType: optional(oneOf("internal", "external")),
      keyProviderID: optional(integer),
    },
    async handle(cluster, { keyManagementType, keyProviderID }) {
      const { softwareEncryption } = cluster.state;
      const oldKey = softwareEncryption.masterKey;
      if (!softwareEncryption.enabled || !oldKey) {
        throw new ApiError("softwareEncryptionDisabled", "Software encryption at rest is not enabled");
      }
      const target = targetProvider(oldKey, keyManagementType, keyProviderID);
      if (target !== undefined) usableServers(cluster, target);
      if (softwareEncryption.rekey) {
        throw new ApiError(
          "rekeyInProgress",
          `A rekey of the master key is already in progress (async handle ${softwareEncryption.rekey.asyncHandle})`,
        );
      }
      const newKey = newHeldKey(cluster, target);
      const result = beginAsyncResult(cluster, rekeyResultType);
      const job: RekeyJob = {
        asyncHandle: result.asyncHandle,
        startedAt: cluster.now().toISOString(),
        step: 0,
        newKey,
        oldKey,
        operation: `Rekeying Master Key. ${management(oldKey)} => ${management(newKey)}`,
      };
      result.details = rekeyProgress(cluster, job);
      softwareEncryption.rekey = job;
      softwareEncryption.asyncResultID = result.asyncHandle;
      await cluster.save();
      cluster.jobs.start(() => runRekey(cluster, false));
      return { asyncHandle: result.asyncHandle };
    },
  },

  GetSoftwareEncryptionAtRestInfo: {
    since: "12.3",
    params: {},
    handle: softwareEncryptionInfo,
  },
};

/** Provider of the new key; `undefined` for an internal one. Without a type the present configuration stays. */
function targetProvider(oldKey: HeldKey, type: string | undefined, keyProviderID: number | undefined) {
  if (type !== "external" && keyProviderID !== undefined) {
    throw new ApiError("invalidParameter", "keyProviderID is only valid when keyManagementType is External");
  }
  if (type === undefined) return oldKey.keyProviderID;
  if (type === "external" && keyProviderID === undefined) {
    throw new ApiError("invalidParameter", "keyProviderID is required when keyManagementType is External");
  }
  return keyProviderID;
}

function management(key: HeldKey): string {
  return key.keyProviderID === undefined ? "Internal" : `External (keyProviderID=${key.keyProviderID})`;
}

function softwareEncryptionInfo(cluster: Cluster): SoftwareEncryptionAtRestInfo {
  const { enabled, rekey, asyncResultID, masterKey } = cluster.state.softwareEncryption;
  const state = enabled ? "enabled" : "disabled";
  const { stateMember, masterKeyFlip } = cluster.switches;
  const shown = masterKeyFlip === "Ready" && rekey ? rekey.oldKey : masterKey;
  const resultKept = cluster.state.asyncResults.some((result) => result.asyncHandle === asyncResultID);
  return {
    ...(stateMember === "status" ? {} : { state }),
    ...(stateMember === "state" ? {} : { status: state }),
    version: enabled ? 1 : 0,
    ...(shown ? { masterKeyInfo: heldKeyInfo(shown) } : {}),
    ...(resultKept ? { rekeyMasterKeyAsyncResultID: asyncResultID } : {}),
  };
}

/** A key as the API shows it: without the KMIP identifier, with a provider only when it has one. */
export function heldKeyInfo({ kmipUid: _, ...info }: HeldKey): EncryptionKeyInfo {
  return info;
}
