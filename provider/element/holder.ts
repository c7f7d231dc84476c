/** Who holds a key: the cluster itself, or the key provider of this id. */
export type Holder = number | "internal";

export const holderOf = (keyProviderID: number | undefined): Holder => keyProviderID ?? "internal";

/** Who is to hold a key by the id, as text, that an argument gives. */
export const wantedHolder = ({ keyProvider }: { keyProvider?: string }): Holder =>
  keyProvider === undefined ? "internal" : Number(keyProvider);

/** Whether somebody else gave the key to another holder since the last create or update. */
export const wasChangedByHand = (outputs: { keyProviderID?: number; recordedKeyProviderID?: number }): boolean =>
  outputs.keyProviderID !== outputs.recordedKeyProviderID;

/** The opposite of {@link wantedHolder}: internal keys are wanted by leaving the argument out. */
export const keyProviderOf = (holder: Holder): { keyProvider?: string } =>
  holder === "internal" ? {} : { keyProvider: String(holder) };

export const describeHolder = (holder: Holder): string =>
  holder === "internal" ? "internal keys" : `key provider ${holder}`;

/** Outputs that say who holds a key; the provider's id is absent for internal keys. */
export const heldBy = (holder: Holder) => ({
  keyManagementType: holder === "internal" ? ("internal" as const) : ("external" as const),
  keyProviderID: holder === "internal" ? undefined : holder,
});
