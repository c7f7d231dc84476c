import type { ObservedEncryption } from "../observed/hardware-encryption";
import { Holder } from "../observed/holder";
import type { HardwareEncryptionInputs } from "./resource";
import type { Target } from "./switching";

/** The holder that the last create or update saw. A refresh never advances this record. */
export interface HardwareEncryptionRecord {
  /** The provider that held the key; absent for internal keys. */
  recordedKeyProviderID?: number;
}

export const recordOf = ({ holder }: ObservedEncryption): HardwareEncryptionRecord => ({
  recordedKeyProviderID: typeof holder === "number" ? holder : undefined,
});

export const isWanted = ({ encryptionAtRestState }: HardwareEncryptionInputs): boolean =>
  encryptionAtRestState === "enabled";

/** Outputs that describe what was observed. */
export const describeEncryption = ({ state, holder, keyID }: ObservedEncryption) => ({
  encryptionAtRestState: state,
  ...(holder === undefined ? { keyManagementType: undefined, keyProviderID: undefined } : Holder.asOutputs(holder)),
  keyID,
});

/** The state that a destroy leaves behind; `undefined` where it changes nothing. */
export const afterDelete = ({ onDelete }: HardwareEncryptionInputs): Target | undefined =>
  (({ internal: "internal", disable: "disabled", keep: undefined }) as const)[onDelete];
