import type { Attempt } from "../journal/journal";
import type { EncryptionAtRestState } from "./api/types";
import type { ObservedEncryption } from "./encryption-at-rest";
import type { Target } from "./encryption-switching";
import { heldBy, type NamedProvider } from "./holder";
import type { Identity, OnCluster } from "./identity";

export const STATES = ["enabled", "enabling", "disabled", "disabling"] as const satisfies EncryptionAtRestState[];
export const ON_DELETE = ["internal", "disable", "keep"] as const;

export interface HardwareEncryptionInputs extends OnCluster, NamedProvider {
  /** The class gives `enabled`. Any other state is one that a refresh found, kept by `ignoreChanges`: it is left alone. */
  encryptionAtRestState: EncryptionAtRestState;
  takeOver?: boolean;
  adopt?: string;
  onDelete: (typeof ON_DELETE)[number];
  /** Why the cluster cannot get the key from a key server that works. */
  fault?: string;
}

export interface HardwareEncryptionOutputs extends Identity, HardwareEncryptionInputs, HardwareEncryptionRecord {
  /** Absent while encryption is disabled. */
  keyManagementType?: "internal" | "external";
  keyProviderID?: number;
  keyID?: string;
  /** False while a change that this resource began or waited for was not seen to end. */
  complete: boolean;
  /** What an incomplete run has asked for: evidence on every machine. */
  wish?: Attempt;
  /** A refresh found that the key went to another provider, which this stack has made. */
  isOfThisStack?: true;
}

/** What the last create or update saw in force. A refresh never advances it. */
export interface HardwareEncryptionRecord {
  /** The provider that held the key; absent for internal keys. */
  recordedKeyProviderID?: number;
}

export const isWanted = ({ encryptionAtRestState }: HardwareEncryptionInputs): boolean =>
  encryptionAtRestState === "enabled";

export function inputsOf(state: HardwareEncryptionOutputs): HardwareEncryptionInputs {
  const { cluster, keyProvider, keyProviderName } = state;
  const { encryptionAtRestState, takeOver, adopt, onDelete } = state;
  return {
    cluster,
    keyProvider,
    keyProviderName,
    encryptionAtRestState,
    takeOver,
    adopt,
    onDelete,
  };
}

/** Outputs that describe what was observed. */
export const describeEncryption = ({ state, holder, keyID }: ObservedEncryption) => ({
  encryptionAtRestState: state,
  ...(holder === undefined ? { keyManagementType: undefined, keyProviderID: undefined } : heldBy(holder)),
  keyID,
});

/** What a destroy leaves behind; `undefined` for whatever there is. */
export const afterDelete = ({ onDelete }: HardwareEncryptionInputs): Target | undefined =>
  (({ internal: "internal", disable: "disabled", keep: undefined }) as const)[onDelete];
