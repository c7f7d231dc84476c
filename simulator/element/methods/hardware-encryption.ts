import type { EncryptionAtRestInfo, EncryptionAtRestState } from "../../../provider/systems/element/api/types";
import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import type { HeldKey } from "../cluster/state";
import { isUnhealthy } from "./fault-conditions";
import { discardKey, makeKey, newHeldKey } from "./key-custody";
import { usableServers } from "./key-providers";
import type { MethodGroup } from "./method";
import { integer, optional } from "./parameters";
import { heldKeyInfo } from "./software-encryption";

type Methods = "EnableEncryptionAtRest" | "DisableEncryptionAtRest" | "GetEncryptionAtRestInfo";

export const hardwareEncryptionMethods: MethodGroup<Methods> = {
  /** Answers when the key exists; the drives are secured afterwards, without a handle to wait for. */
  EnableEncryptionAtRest: {
    since: "5.0",
    params: { keyProviderID: optional(integer) },
    async handle(cluster, { keyProviderID }) {
      assertSupported(cluster);
      assertHealthy(cluster);
      if (keyProviderID !== undefined) usableServers(cluster, keyProviderID);
      const { state } = cluster.state.hardwareEncryption;
      if (state === "enabling" || state === "disabling") throw transitionInProgress(state);
      if (state === "enabled") {
        if (cluster.switches.enableWhileEnabled === "ignore") return {};
        throw new ApiError("hardwareEncryptionEnabled", "Encryption at rest is already enabled");
      }
      const key = newHeldKey(cluster, keyProviderID);
      await enter(cluster, "enabling", key);
      try {
        await makeKey(cluster, key, false);
      } catch (error) {
        await discardKey(cluster, key);
        await enter(cluster, "disabled");
        throw error;
      }
      cluster.jobs.start(() => finishTransition(cluster));
      return {};
    },
  },

  DisableEncryptionAtRest: {
    since: "5.0",
    params: {},
    async handle(cluster) {
      const { state, key } = cluster.state.hardwareEncryption;
      if (state === "disabled") return {};
      assertHealthy(cluster);
      if (state !== "enabled") throw transitionInProgress(state);
      await enter(cluster, "disabling", key);
      cluster.jobs.start(() => finishTransition(cluster));
      return {};
    },
  },

  GetEncryptionAtRestInfo: {
    since: "12.3",
    params: {},
    handle: ({ state: { hardwareEncryption } }): EncryptionAtRestInfo => ({
      state: hardwareEncryption.state,
      ...(hardwareEncryption.key ? { authenticationKeyInfo: heldKeyInfo(hardwareEncryption.key) } : {}),
    }),
  },
};

function assertSupported({ switches }: Cluster): void {
  if (switches.hardwareEncryption === "demo") {
    throw new ApiError("notPermitted", "EnableEncryptionAtRest is not permitted on this platform");
  }
  if (switches.hardwareEncryption === "nonEncryptableNode") {
    throw new ApiError("nonEncryptableNode", "Encryption is not allowed: a non-encryptable node was found (SF9605-NE)");
  }
}

function assertHealthy(cluster: Cluster): void {
  if (cluster.switches.toggleWhileUnhealthy === "allow" || !isUnhealthy(cluster)) return;
  throw new ApiError("clusterUnhealthy", "Encryption at rest can be toggled on a healthy cluster only");
}

/** Goes on with the work of a cluster that was killed. */
export async function resumeHardwareEncryption(cluster: Cluster): Promise<void> {
  const { state, key } = cluster.state.hardwareEncryption;
  if (state === "enabling" && key) {
    try {
      await makeKey(cluster, key, true);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      await discardKey(cluster, key);
      return enter(cluster, "disabled");
    }
  }
  return finishTransition(cluster);
}

async function finishTransition(cluster: Cluster): Promise<void> {
  const transition = cluster.state.hardwareEncryption;
  const { state, since, key } = transition;
  if (state !== "enabling" && state !== "disabling") return;
  await cluster.jobs.waitUntilDue(
    () => Date.parse(since) + cluster.switches.hardwareEncryptionSeconds * 1000 - cluster.now().getTime(),
  );
  // Somebody else may have begun another transition, which has its own end.
  if (cluster.state.hardwareEncryption !== transition) return;
  if (state === "enabling") {
    secureDrives(cluster, key);
    return enter(cluster, "enabled", key);
  }
  secureDrives(cluster, undefined);
  if (key) await discardKey(cluster, key);
  return enter(cluster, "disabled");
}

function secureDrives(cluster: Cluster, key: HeldKey | undefined): void {
  for (const drive of cluster.state.drives) {
    drive.keyID = key?.keyID ?? null;
    drive.keyProviderID = key?.keyProviderID ?? null;
  }
}

function enter(cluster: Cluster, state: EncryptionAtRestState, key?: HeldKey): Promise<void> {
  cluster.state.hardwareEncryption = { state, since: cluster.now().toISOString(), ...(key ? { key } : {}) };
  return cluster.save();
}

function transitionInProgress(state: EncryptionAtRestState): ApiError {
  return new ApiError("hardwareEncryptionBusy", `Encryption at rest is ${state}`);
}
