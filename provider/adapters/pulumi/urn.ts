import type { Self } from "../../core/lifecycle";
import { markOf, nameInMark } from "../../core/mark";
import { nestings } from "../../systems/registry";
import type { Identities } from "../process/contexts";
import { componentTypeOf, resourceInWords, typeOf } from "./resource-type";

/** The resource of a URN, which holds project, stack and logical name. */
export const selfOf = (urn: string): Self => ({
  identity: urn,
  name: logicalName(urn),
  mark: markedName(urn),
  stack: stackOf(urn),
  isWithin: (component) => urn.includes(`${componentTypeOf(component)}$`),
  isMarkOfStack: (name, token) => isMarkedByStack(name, token, urn),
});

const stackOf = (urn: string): string => `${urn.split("::", 2).join("::")}::`;

/** Pulumi tells resources apart by their URNs. */
export const urns: Identities = {
  selfOf,
  inWords: resourceInWords,
  stackOf,
};

export const logicalName = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);

export const markedName = (urn: string): string => markOf(urn, logicalName(urn));

/**
 * Whether a name is the mark of any resource of type `token` in the stack of the resource `urn`: on its own, in a component
 * of this package, or in what is around `urn`. Components of a user's own that are no ancestors of `urn` are not known.
 */
export function isMarkedByStack(name: string, token: string, urn: string): boolean {
  const logical = nameInMark(name);
  const [stack, project, qualified = ""] = urn.split("::");
  if (logical === undefined) return false;
  const ancestors = qualified.split("$").slice(0, -1);
  const around = [...ancestors.keys(), ancestors.length].map((depth) => ancestors.slice(0, depth));
  const inside = nestings.map((components) => components.map(componentTypeOf));
  const chains = around.flatMap((outer) => inside.map((inner) => [...outer, ...inner, typeOf(token)].join("$")));
  return chains.some((chain) => markedName([stack, project, chain, logical].join("::")) === name);
}
