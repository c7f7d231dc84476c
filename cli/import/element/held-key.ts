import { Holder } from "../../../provider/systems/element/observed/holder";
import type { Declaration } from "../plan";
import { remark } from "../remark";
import { Reference } from "../value";
import type { ById, Draft } from "./draft";

/** The key providers of the program and their attachments, by the providers' ids. */
export interface Holders {
  providers: ById;
  attachments: ReadonlyMap<number, Declaration[]>;
}

/** A key that a key provider holds; `undefined` where the program does not have that provider. */
export function declareHeld(
  { resource, variable }: Pick<Declaration, "resource" | "variable">,
  keyProviderID: number,
  { providers, attachments }: Holders,
  { name, cluster }: Draft,
): Declaration | undefined {
  const provider = providers.get(keyProviderID);
  if (provider === undefined) return undefined;
  const [attachment, ...others] = attachments.get(keyProviderID) ?? [];
  return {
    resource,
    variable,
    logicalName: name,
    args: {
      // The attachment brings the cluster along.
      cluster: attachment === undefined ? cluster : undefined,
      attachment: attachment && new Reference(attachment.variable),
      keyProvider: attachment === undefined ? new Reference(provider.variable, "id") : undefined,
      adopt: "match",
      onDelete: "keep",
    },
    dependsOn: others.length > 0 ? others.map(({ variable }) => variable) : undefined,
    description: remark`held by ${Holder.inWords(keyProviderID)}`,
    remarks:
      attachment === undefined
        ? [remark`The key server of key provider ${keyProviderID} is not declared: the provider itself stands for it.`]
        : [],
  };
}
