import type { Self } from "../../core/lifecycle";
import { markOf, nameInMark } from "../../core/mark";
import type { ResourceToken } from "../../systems/registry";
import { COMPONENT_TYPES, typeOf } from "./resource-type";

/** The resource of a URN, which holds project, stack and logical name. */
export const selfOf = (urn: string): Self => ({
  identity: urn,
  name: logicalName(urn),
  mark: markedName(urn),
  isInComponent: urn.includes(`${COMPONENT_TYPES.externalKeyManagement}$`),
  isMarkOfStack: (name, token) => isMarkedByStack(name, token, urn),
});

export const logicalName = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

export const markedName = (urn: string): string => markOf(urn, logicalName(urn));

/**
 * Whether a name is the mark of any resource of type `token` in the stack of the resource `urn`: on its own, in a component
 * of this package, or in what is around `urn`. Components of a user's own that are no ancestors of `urn` are not known.
 */
export function isMarkedByStack(name: string, token: ResourceToken, urn: string): boolean {
  const logical = nameInMark(name);
  const [stack, project, qualified = ""] = urn.split("::");
  if (logical === undefined) return false;
  const ancestors = qualified.split("$").slice(0, -1);
  const around = [...ancestors.keys(), ancestors.length].map((depth) => ancestors.slice(0, depth));
  const { fleet, externalKeyManagement } = COMPONENT_TYPES;
  const inside = [[], [externalKeyManagement], [fleet], [fleet, externalKeyManagement]];
  const chains = around.flatMap((outer) => inside.map((inner) => [...outer, ...inner, typeOf(token)].join("$")));
  return chains.some((chain) => markedName([stack, project, chain, logical].join("::")) === name);
}
