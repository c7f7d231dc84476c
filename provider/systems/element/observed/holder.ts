/** Who holds a key: the cluster itself, or the key provider of this id. */
export type Holder = number | "internal";

export const holderOf = (keyProviderID: number | undefined): Holder => keyProviderID ?? "internal";

/** Who is to hold a key by the id, as text, that an argument gives. */
export const wantedHolder = ({ keyProvider }: { keyProvider?: string }): Holder =>
  keyProvider === undefined ? "internal" : Number(keyProvider);

/** Whether somebody else gave the key to another holder since the last create or update. */
export const wasChangedByHand = (outputs: { keyProviderID?: number; recordedKeyProviderID?: number }): boolean =>
  outputs.keyProviderID !== outputs.recordedKeyProviderID;

/** The provider that an argument gives, with a name that is known before the id is: for whoever reads. */
export interface NamedProvider {
  /** Id of the key provider that holds the key; internal keys without one. */
  keyProvider?: string;
  keyProviderName?: string;
}

/**
 * The opposite of {@link wantedHolder}: internal keys are wanted by leaving the argument out. A recorded name is of the
 * recorded provider alone.
 */
export function keyProviderOf(holder: Holder, { keyProvider, keyProviderName }: NamedProvider): NamedProvider {
  if (holder === "internal") return {};
  return String(holder) === keyProvider ? { keyProvider, keyProviderName } : { keyProvider: String(holder) };
}

export const describeHolder = (holder: Holder): string =>
  holder === "internal" ? "internal keys" : `key provider ${holder}`;

/** Outputs that say who holds a key; the provider's id is absent for internal keys. */
export const heldBy = (holder: Holder) => ({
  keyManagementType: holder === "internal" ? ("internal" as const) : ("external" as const),
  keyProviderID: holder === "internal" ? undefined : holder,
});
