import { entryOf } from "../../../systems/registry";
import { typeOf } from "../resource-type";

/** The package's name, by which its types begin for this way in. */
const PREFIX = "ekm:";

/** The token of a resource type, such as `element:KeyServer` of `ekm:element:KeyServer`; `undefined` where it is no resource. */
export function tokenOfType(type: string): string | undefined {
  const token = type.startsWith(PREFIX) ? type.slice(PREFIX.length) : "";
  const entry = entryOf(token);
  return entry === undefined || entry.description.inComponent ? undefined : token;
}

/**
 * What tells a resource from every other one, whichever way in it is declared by: the URN that the dynamic provider has for
 * it. Its mark derives from that, and so a resource that comes over from there finds what it made.
 */
export function identityOf(urn: string): string {
  const [stack, project, types = "", ...name] = urn.split("::");
  const known = types.split("$").map((type) => {
    const token = tokenOfType(type);
    return token === undefined ? type : typeOf(token);
  });
  return [stack, project, known.join("$"), ...name].join("::");
}
