import type { ResourceToken } from "../../systems/registry";

/** The engine hands resources of such a type to the dynamic provider. */
const PREFIX = "pulumi-nodejs:dynamic/ekm/";

/** And resources of such a type to the plugin of this package. */
const PLUGIN_PREFIX = "ekm:";

/** Components have types as the plugin's resources have, and are none. */
const COMPONENTS = [
  "element:ExternalKeyManagement",
  "element:Fleet",
  "keyprotect:KmipAccess",
  "vsphere:ExternalKeyManagement",
];

/** The type by which the engine, states and policies know the resources of a token. */
export type ResourceType<Token extends string = ResourceToken> = `${typeof PREFIX}${Token}`;

export const typeOf = <Token extends string>(token: Token): ResourceType<Token> => `${PREFIX}${token}`;

/** The same for resources that the plugin serves. */
export const pluginTypeOf = (token: string): string => PLUGIN_PREFIX + token;

export const tokenOf = <Token extends ResourceToken>(type: ResourceType<Token>): Token =>
  type.slice(PREFIX.length) as Token;

/** A resource as people call it and programs import it, such as `element.KeyServer`. */
export const nameIn = (token: string): string => token.replace(":", ".");

/** The token within the type of a resource of this package, whoever serves it; `undefined` in any other type. */
export function tokenIn(type: string): string | undefined {
  if (type.startsWith(PREFIX)) return type.slice(PREFIX.length);
  const token = type.startsWith(PLUGIN_PREFIX) ? type.slice(PLUGIN_PREFIX.length) : undefined;
  return token === undefined || COMPONENTS.includes(token) ? undefined : token;
}

/** A resource in words: `element.KeyServer "storage"`. */
export function resourceInWords(urn: string): string {
  const [token, name] = [tokenOfUrn(urn), urn.split("::")[3]];
  return token === undefined || name === undefined ? urn : `${nameIn(token)} "${name}"`;
}

/** The token of the resource of a URN; `undefined` where it is none of this package. */
export function tokenOfUrn(urn: string): string | undefined {
  const [, , types = ""] = urn.split("::");
  return tokenIn(types.slice(types.lastIndexOf("$") + 1));
}

/** The type of the components of a token. The URNs of resources inside of a component have it. */
export const componentTypeOf = pluginTypeOf;
