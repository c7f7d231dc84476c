import { describeHolder } from "../../../provider/element/holder";
import { remark } from "../remark";
import { Code } from "../typescript";
import type { ById, Declaration, Draft } from "./declaration";

/** The master key, where a key provider of the program holds it. */
export function planMasterKey(
  { inventory, name, cluster, remarks }: Draft,
  providers: ById,
  attachments: ReadonlyMap<number, Declaration[]>,
): Declaration[] {
  const { masterKey, rekey } = inventory;
  if (rekey !== undefined) {
    remarks.push(
      remark`A rekey is running (handle ${rekey}): if it ends with another holder, the first run refuses to adopt the master key.`,
    );
  }
  if (masterKey === "untold") {
    remarks.push(
      remark`The cluster's API is older than 12.3 and does not tell who holds the master key: nothing declares it.`,
    );
    return [];
  }
  if (masterKey === "none") {
    remarks.push(remark`Software encryption at rest is disabled: there is no master key.`);
    return [];
  }
  const { holder } = masterKey;
  if (holder === "internal") {
    remarks.push(remark`The master key is held by the cluster's internal keys: nothing declares it.`);
    return [];
  }
  const provider = providers.get(holder);
  if (provider === undefined) {
    remarks.push(
      remark`The master key is held by key provider ${holder}, which the cluster does not list: nothing declares it.`,
    );
    return [];
  }
  const [attachment, ...others] = attachments.get(holder) ?? [];
  return [
    {
      resource: "MasterKey",
      variable: "masterKey",
      logicalName: name,
      args: {
        // The attachment brings the cluster along.
        cluster: attachment === undefined ? cluster : undefined,
        keyProvider: new Code(attachment?.variable ?? `${provider.variable}.id`),
        adopt: "match",
        onDelete: "keep",
      },
      dependsOn: others.length > 0 ? others.map(({ variable }) => variable) : undefined,
      description: remark`held by ${describeHolder(holder)}`,
      remarks:
        attachment === undefined
          ? [remark`The key server of key provider ${holder} is not declared: the provider itself stands for it.`]
          : [],
    },
  ];
}
