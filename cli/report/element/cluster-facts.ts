import type { AsyncResult, ClusterFault } from "../../../provider/systems/element/api/types";
import type { Holder } from "../../../provider/systems/element/observed/holder";
import type { Inventory } from "../../element/inventory";
import type { Observation } from "../../element/observation";
import type { Notice } from "../certificate-life";
import { wholeDays } from "../time";
import { certificateFacts, unreadableCertificates } from "./certificate-facts";
import type {
  ClusterFacts,
  FaultFacts,
  HeldKey,
  HolderFacts,
  KeyFacts,
  KeyProviderFacts,
  RekeyFacts,
  SoftwareEncryptionFacts,
} from "./facts";

/** What a report says of a cluster that was read. */
export function clusterFacts(
  { inventory, info, faults, rekey }: Observation,
  now: Date,
  notice?: Notice,
): ClusterFacts {
  const { cluster, keyPair, keyServers, keyServerFailures, keyProviders, hardwareEncryption } = inventory;
  const { state, holder, keyID, keyCreatedTime } = hardwareEncryption;
  return {
    name: cluster.name,
    uniqueID: cluster.uniqueID,
    clusterVersion: info.clusterVersion,
    apiVersion: info.clusterAPIVersion,
    softwareEncryption: softwareEncryptionFacts(inventory, rekey, now),
    hardwareEncryption: {
      state,
      key: holder === undefined ? undefined : keyFacts({ holder, keyID, keyCreatedTime }, inventory, now),
    },
    keyPair: keyPair && { subject: keyPair.subject, publicKeyFingerprint: keyPair.publicKeyFingerprint },
    keyProviders: keyProviders.map(
      ({ keyProviderID: id, keyProviderName: name, keyProviderIsActive: active, keyServerIDs }): KeyProviderFacts => ({
        ...{ id, name, active, keyServers: keyServerIDs },
        holds: heldBy(id, inventory),
      }),
    ),
    keyServers: keyServers.map((server) => ({
      id: server.keyServerID,
      name: server.kmipKeyServerName,
      hostnames: server.kmipKeyServerHostnames,
      port: server.kmipKeyServerPort,
      keyProvider: server.keyProviderID,
      usable: !keyServerFailures.has(server.keyServerID),
      failure: keyServerFailures.get(server.keyServerID),
      unreadable: unreadableCertificates(server),
    })),
    certificates: certificateFacts(inventory, now, notice),
    faults: faults.map(faultFacts),
  };
}

function softwareEncryptionFacts(
  inventory: Inventory,
  rekey: AsyncResult | undefined,
  now: Date,
): SoftwareEncryptionFacts {
  const { masterKey } = inventory;
  if (masterKey === "untold") return { state: "untold" };
  if (masterKey === "none") return { state: "disabled" };
  return {
    state: "enabled",
    masterKey: keyFacts(masterKey, inventory, now),
    lastRekey: rekey && masterKey.asyncHandle !== undefined ? rekeyFacts(masterKey.asyncHandle, rekey) : undefined,
  };
}

interface ObservedKey {
  holder: Holder;
  keyID?: string;
  keyCreatedTime?: string;
}

function keyFacts({ holder, keyID, keyCreatedTime: created }: ObservedKey, inventory: Inventory, now: Date): KeyFacts {
  const ageDays = created === undefined ? undefined : Math.max(wholeDays(new Date(created), now), 0);
  return { holder: holderFacts(holder, inventory), keyID, created, ageDays };
}

function holderFacts(holder: Holder, { keyProviders }: Inventory): HolderFacts {
  if (holder === "internal") return { kind: "internal" };
  const name = keyProviders.find(({ keyProviderID }) => keyProviderID === holder)?.keyProviderName;
  return { kind: "keyProvider", id: holder, name };
}

function heldBy(keyProviderID: number, { masterKey, hardwareEncryption }: Inventory): HeldKey[] {
  const held: HeldKey[] = [];
  if (typeof masterKey !== "string" && masterKey.holder === keyProviderID) held.push("masterKey");
  if (hardwareEncryption.holder === keyProviderID) held.push("hardwareEncryptionKey");
  return held;
}

function rekeyFacts(asyncHandle: number, { status, createTime, lastUpdateTime, error }: AsyncResult): RekeyFacts {
  const started = createTime;
  if (status === "running") return { asyncHandle, state: "running", started };
  const end = { asyncHandle, started, ended: lastUpdateTime };
  return error === undefined
    ? { ...end, state: "succeeded" }
    : { ...end, state: "failed", error: `${error.name}: ${error.message}` };
}

const faultFacts = ({ clusterFaultID: id, code, severity, details, date }: ClusterFault): FaultFacts => ({
  id,
  code,
  severity,
  details,
  found: date,
});
