import { isUnknown, UNKNOWN } from "../../../core/unknown";
import { nameOf } from "../wording";

/** Who holds a key, or is to hold it: the cluster itself, or the key provider of this id. */
export type Holder = number | "internal";

/** Who is to hold a key, as arguments give it: internal keys are wanted by leaving both out. */
export interface HolderArguments {
  /** Id of the key provider. */
  keyProvider?: string;
  /** Name of the key provider. A plan shows it before the id is known. */
  keyProviderName?: string;
}

export const Holder = {
  /** The holder by the id of a key provider. Internal keys have no such id. */
  of: (keyProviderID: number | undefined): Holder => keyProviderID ?? "internal",

  /** The holder that arguments want. It equals no holder as long as the id is not known. */
  wanted: ({ keyProvider }: HolderArguments): Holder => (keyProvider === undefined ? "internal" : Number(keyProvider)),

  /** The arguments that want a holder. A recorded name is of the recorded provider alone. */
  asArguments(holder: Holder, { keyProvider, keyProviderName }: HolderArguments): HolderArguments {
    if (holder === "internal") return {};
    return String(holder) === keyProvider ? { keyProvider, keyProviderName } : { keyProvider: String(holder) };
  },

  /** Outputs that say who holds a key. */
  asOutputs: (holder: Holder) => ({
    keyManagementType: holder === "internal" ? ("internal" as const) : ("external" as const),
    keyProviderID: holder === "internal" ? undefined : holder,
  }),

  /** The holder in words, with the name of the provider where the arguments name this provider. */
  inWords(holder: Holder, { keyProvider, keyProviderName }: HolderArguments = {}): string {
    if (holder === "internal") return "internal keys";
    if (isUnknown(keyProvider) && Number.isNaN(holder)) return nameOf("key provider", UNKNOWN, keyProviderName);
    return nameOf("key provider", holder, String(holder) === keyProvider ? keyProviderName : undefined);
  },

  wantedInWords: (given: HolderArguments): string => Holder.inWords(Holder.wanted(given), given),
};

/** Whether somebody else gave the key to another holder since the last create or update. */
export const wasChangedByHand = (outputs: { keyProviderID?: number; recordedKeyProviderID?: number }): boolean =>
  outputs.keyProviderID !== outputs.recordedKeyProviderID;
