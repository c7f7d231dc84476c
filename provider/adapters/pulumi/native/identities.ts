import { entryOf } from "../../../systems/registry";
import { tokenIn, typeOf } from "../resource-type";

/** The package's name, by which its types begin for this way in. */
const PREFIX = "ekm:";

/**
 * The token of a type that the engine calls about, such as `element:KeyServer` of `ekm:element:KeyServer`; `undefined` where no
 * resource has it. A fleet's own resource has the type of the component around it, about which the engine never calls.
 */
export function tokenOfType(type: string): string | undefined {
  const token = type.startsWith(PREFIX) ? type.slice(PREFIX.length) : "";
  return entryOf(token) === undefined ? undefined : token;
}

/**
 * What tells a resource from every other one, whichever way in it is declared by: the URN that the dynamic provider has for
 * it. Its mark derives from that, and so a resource that comes over from there finds what it made.
 */
export function identityOf(urn: string): string {
  const [stack, project, types = "", ...name] = urn.split("::");
  const around = types.split("$");
  const own = around.pop() ?? "";
  const known = [...around.map((type) => knownType(type, tokenIn(type))), knownType(own, tokenOfType(own))];
  return [stack, project, known.join("$"), ...name].join("::");
}

const knownType = (type: string, token: string | undefined): string => (token === undefined ? type : typeOf(token));
