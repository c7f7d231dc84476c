import { kmipAdapterResource } from "../../../provider/systems/keyprotect/kmip-adapter/resource";
import { countOf } from "../../count";
import { type AdapterInventory, rootKeyOf } from "../../keyprotect/inventory";
import { logicalNames } from "../names";
import type { Declaration } from "../plan";
import { notDeclared, quoted, remark } from "../remark";
import { Reference } from "../value";
import { type ById, type Draft, legibleID } from "./draft";

/** Every adapter that a program can declare; the others are remarked upon, with their clients. */
export function planAdapters(draft: Draft, rootKeys: ById): ById {
  const { adapters } = draft.inventory;
  const names = logicalNames(adapters, "kmip-adapter", legibleID);
  const planned = new Map<string, Declaration>();
  for (const adapter of adapters) {
    const declaration = planAdapter(adapter, names.get(adapter.id) ?? "", rootKeys, draft);
    if (declaration !== undefined) planned.set(adapter.id, declaration);
  }
  return planned;
}

const { arguments: adapterArguments } = kmipAdapterResource;

function planAdapter(
  adapter: AdapterInventory,
  logicalName: string,
  rootKeys: ById,
  { inventory, variables, remarks }: Draft,
): Declaration | undefined {
  const { id, name, description, certificates, liveObjects } = adapter;
  const rootKey = rootKeys.get(rootKeyOf(inventory, adapter)?.id ?? "");
  if (rootKey === undefined) {
    remarks.push(
      remark`KMIP adapter ${id} ${quoted(name)} is left out with its clients, because nothing declares root key ${adapter.profile_data.crk_id}.`,
    );
    return undefined;
  }
  const [complaint] = adapterArguments.description.kind.complaints(description);
  if (complaint !== undefined) {
    remarks.push(
      remark`KMIP adapter ${id} ${quoted(name)} is left out with its clients, because no program can declare it: description ${complaint.reason}.`,
    );
    return undefined;
  }
  const [ofName] = adapterArguments.name.kind.complaints(name);
  return {
    resource: "KmipAdapter",
    variable: variables.name(logicalName, "Adapter"),
    logicalName,
    args: {
      rootKey: new Reference(rootKey.variable),
      name: ofName === undefined ? name : undefined,
      description: description === "" ? undefined : description,
      adopt: id,
      onDelete: "keep",
    },
    description: remark`${id} ${quoted(name)}, ${countOf(liveObjects.length, "key")} of ${countOf(certificates.length, "client certificate")}`,
    remarks: ofName === undefined ? [] : [notDeclared("name", name, ofName.reason)],
  };
}
