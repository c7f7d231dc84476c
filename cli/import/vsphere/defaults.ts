import { entityReference } from "../../vsphere/inventory";
import { slug } from "../names";
import type { Declaration } from "../plan";
import { quoted, remark } from "../remark";
import { Reference } from "../value";
import type { DeclaredProvider, Draft } from "./draft";

/** Whatever takes its keys from a provider where nothing else is said: the vCenter, or entities of its inventory. */
export function planDefaults(
  { provider: { name, defaultOf }, declaration }: DeclaredProvider,
  trust: Declaration | undefined,
  { vcenter, variables }: Draft,
): Declaration[] {
  const entities = [...(defaultOf.ofVcenter ? [undefined] : []), ...defaultOf.ofEntities.map(entityReference)];
  return entities.map((entity): Declaration => {
    const logicalName = entity === undefined ? "vcenter" : slug(entity);
    return {
      resource: "DefaultKeyProvider",
      variable: variables.name(logicalName, "Default"),
      logicalName,
      args: {
        ...(trust === undefined ? { vcenter, keyProvider: name } : { keyProvider: new Reference(trust.variable) }),
        entity,
        adopt: "match",
      },
      dependsOn: trust === undefined ? [declaration.variable] : undefined,
      description: remark`${quoted(name)}, of ${entity ?? "the vCenter"}`,
      remarks: [],
    };
  });
}
