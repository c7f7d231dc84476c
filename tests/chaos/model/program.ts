import { deadlinesOf } from "../../../sdk/timeouts";
import type { Road } from "../../engine/acceptance/lab";
import type { Authority } from "../../kit/certificates";
import { KINDS, type Kind } from "./declaration";

/** An output of a resource that the program declares before. */
export type Look = (kind: Kind, output: string) => unknown;

/** A resource as a program declares it. */
export interface DeclaredResource {
  kind: Kind;
  name: string;
  /** Logical names that it had before. */
  aliases: string[];
  dependsOn: Kind[];
  inputs(look: Look): Record<string, unknown>;
}

type Inputs = (look: Look, authority: Authority, internal: boolean) => Record<string, unknown>;

/** What the classes that `road.js` uses make of their arguments. */
const INPUTS: Record<Kind, Inputs> = {
  pair: () => ({ subject: { commonName: "storage.example.com", country: "US" } }),
  request: (look) => ({ publicKeyFingerprint: look("pair", "publicKeyFingerprint") }),
  certificate: (look, authority) => ({
    cluster: undefined,
    certificateSigningRequest: look("request", "pem"),
    caCertificate: authority.certificate,
    caPrivateKey: authority.privateKey,
  }),
  server: (look) => ({
    clientCertificate: look("certificate", "certificate"),
    publicKeyFingerprint: look("pair", "publicKeyFingerprint"),
  }),
  provider: () => ({}),
  attachment: (look) => ({
    keyProvider: look("provider", "id"),
    keyServer: look("server", "id"),
    keyProviderName: look("provider", "name"),
    keyServerName: look("server", "name"),
  }),
  key: (look, _authority, internal) =>
    internal
      ? {}
      : { keyProvider: look("attachment", "keyProvider"), keyProviderName: look("attachment", "keyProviderName") },
};

const EDGES: Record<Kind, Kind[]> = {
  pair: [],
  request: ["pair"],
  certificate: ["request"],
  server: ["certificate", "pair"],
  provider: [],
  attachment: ["provider", "server"],
  key: ["attachment"],
};

/** `road.js` in the order of its dependencies, without an engine to run it. */
export function programOf(road: Road, authority: Authority): DeclaredResource[] {
  const { names = {}, options = {}, args = {}, internal = false, without = [] } = road;
  return KINDS.filter((kind) => !without.includes(kind)).map((kind) => {
    const { aliases = [], customTimeouts } = (options[kind] ?? {}) as {
      aliases?: { name: string }[];
      customTimeouts?: object;
    };
    return {
      kind,
      name: names[kind] ?? kind,
      aliases: aliases.map(({ name }) => name),
      dependsOn: kind === "key" && internal ? [] : EDGES[kind],
      inputs: (look) => ({
        ...INPUTS[kind](look, authority, internal),
        ...args[kind],
        deadlines: deadlinesOf(customTimeouts),
      }),
    };
  });
}
