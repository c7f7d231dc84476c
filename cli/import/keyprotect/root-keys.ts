import type { Key } from "../../../provider/systems/keyprotect/api/types";
import { rootKeyResource } from "../../../provider/systems/keyprotect/root-key/resource";
import { type Inventory, rootKeyOf } from "../../keyprotect/inventory";
import { logicalNames } from "../names";
import type { Declaration } from "../plan";
import { notDeclared, quoted, type Remark, remark } from "../remark";
import { type ById, type Draft, legibleID } from "./draft";

/** Every active root key; the others are remarked upon. */
export function planRootKeys({ inventory, instance, variables, remarks }: Draft): ById {
  const active = inventory.rootKeys.filter(({ state }) => state === "active");
  for (const key of inventory.rootKeys) {
    if (active.includes(key)) continue;
    remarks.push(remark`${title(key)} is ${key.state} and cannot be taken over: nothing declares it.`);
  }
  const names = logicalNames(active, "root-key", legibleID);
  return new Map(
    active.map((key): [string, Declaration] => {
      const logicalName = names.get(key.id) ?? "";
      const name = declarable("name", key.name);
      const description = declarable("description", key.description);
      return [
        key.id,
        {
          resource: "RootKey",
          variable: variables.name(logicalName, "RootKey"),
          logicalName,
          args: {
            instance,
            name: name.value,
            description: description.value,
            keyRing: key.keyRingID === USUAL_RING ? undefined : key.keyRingID,
            adopt: key.id,
            onDelete: "keep",
          },
          description: remark`${key.id} ${quoted(key.name)}, active`,
          remarks: [...name.remarks, ...description.remarks, ...remarksOn(key, inventory)],
        },
      ];
    }),
  );
}

const USUAL_RING = "default";

const { arguments: rootKeyArguments } = rootKeyResource;

/** A text as an argument can have it; left out, it stays as it is. */
function declarable(
  property: "name" | "description",
  value: string | undefined,
): { value?: string; remarks: Remark[] } {
  if (value === undefined || value === "") return { remarks: [] };
  const [complaint] = rootKeyArguments[property].kind.complaints(value);
  return complaint === undefined
    ? { value, remarks: [] }
    : { remarks: [notDeclared(property, value, complaint.reason)] };
}

function remarksOn(key: Key, inventory: Inventory): Remark[] {
  const remarks: Remark[] = [];
  if (inventory.adapters.every((adapter) => rootKeyOf(inventory, adapter) !== key)) {
    remarks.push(
      remark`${title(key)} wraps the keys of no KMIP adapter: take it out of the program where it is somebody else's.`,
    );
  }
  if (key.expirationDate !== undefined) {
    remarks.push(remark`${title(key)} ends on ${key.expirationDate}: no key can be made under it then.`);
  }
  return remarks;
}

const title = ({ id, name }: Key): string => `Root key ${id} ${quoted(name)}`;
