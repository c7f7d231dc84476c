import type { HttpRequest } from "../../../connections/https/transport";
import type { ApiCall } from "../../../core/system";
import type { Operation, Params } from "./types";

/** The only version of the API. */
const VERSION = "2";
const BASE = "/api/v2";

interface OperationFacts<O extends Operation> extends ApiCall {
  /** The IAM action that an account needs. */
  access: readonly [string];
  request(params: Params<O>): HttpRequest;
}

const KEY = "application/vnd.ibm.kms.key+json";
const ADAPTER = "application/vnd.ibm.kms.kmip_adapter+json";
const CERTIFICATE = "application/vnd.ibm.kms.kmip_client_certificate+json";

export const OPERATIONS: { readonly [O in Operation]: OperationFacts<O> } = {
  getKeys: {
    ...read("kms.secrets.list"),
    request: (params) => get("/keys", { ...params, extractable: false }),
  },
  getKeyMetadata: {
    ...read("kms.secrets.readmetadata"),
    request: ({ id }) => get(`/keys/${segment(id)}/metadata`),
  },
  createKey: {
    ...create("kms.secrets.create"),
    request({ name, description, keyRing }) {
      const key = { type: KEY, name, description, extractable: false };
      return {
        ...post("/keys", KEY, key),
        headers: { "content-type": KEY, ...(keyRing === undefined ? {} : { "x-kms-key-ring": keyRing }) },
      };
    },
  },
  patchKey: {
    ...idempotent("kms.secrets.patch"),
    request: ({ id, keyRingID }) => ({
      verb: "PATCH",
      path: `${BASE}/keys/${segment(id)}`,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ keyRingID }),
    }),
  },
  rotateKey: {
    ...create("kms.secrets.rotate"),
    request: ({ id }) => ({
      verb: "POST",
      path: `${BASE}/keys/${segment(id)}/actions/rotate`,
      headers: { "content-type": "application/json" },
      body: "{}",
    }),
  },
  deleteKey: { ...idempotent("kms.secrets.delete"), request: ({ id }) => remove(`/keys/${segment(id)}`) },
  getKmipAdapters: { ...read(KMIP("list")), request: (params) => get("/kmip_adapters", params) },
  getKmipAdapter: { ...read(KMIP("read")), request: ({ id }) => get(`/kmip_adapters/${segment(id)}`) },
  createKmipAdapter: {
    ...create(KMIP("create")),
    request({ name, description, crk_id, allowExpiringKey }) {
      const adapter = { name, description, profile: "native_1.0", profile_data: { crk_id } };
      return post(`/kmip_adapters${queryOf({ allowExpiringKey })}`, ADAPTER, adapter);
    },
  },
  deleteKmipAdapter: { ...idempotent(KMIP("delete")), request: ({ id }) => remove(`/kmip_adapters/${segment(id)}`) },
  getKmipClientCertificates: {
    ...read(KMIP("list")),
    request: ({ adapter, ...params }) => get(`${of(adapter)}/certificates`, params),
  },
  getKmipClientCertificate: {
    ...read(KMIP("read")),
    request: ({ adapter, id }) => get(`${of(adapter)}/certificates/${segment(id)}`),
  },
  addKmipClientCertificate: {
    ...create(KMIP("create")),
    request: ({ adapter, ...certificate }) => post(`${of(adapter)}/certificates`, CERTIFICATE, certificate),
  },
  deleteKmipClientCertificate: {
    ...idempotent(KMIP("delete")),
    request: ({ adapter, id }) => remove(`${of(adapter)}/certificates/${segment(id)}`),
  },
  getKmipObjects: {
    ...read(KMIP("list")),
    request: ({ adapter, states, ...params }) =>
      get(`${of(adapter)}/kmip_objects`, { ...params, state: states.join(",") }),
  },
  deleteKmipObject: {
    ...idempotent(KMIP("delete")),
    request: ({ adapter, id }) => remove(`${of(adapter)}/kmip_objects/${segment(id)}${queryOf({ force: true })}`),
  },
};

function read(action: string) {
  return { effect: "read", since: VERSION, access: [action] } as const;
}

function create(action: string) {
  return { effect: "create", since: VERSION, access: [action] } as const;
}

function idempotent(action: string) {
  return { effect: "idempotent", since: VERSION, access: [action] } as const;
}

function KMIP(verb: string) {
  return `kms.kmip-management.${verb}`;
}

const segment = encodeURIComponent;
const of = (adapter: string): string => `/kmip_adapters/${segment(adapter)}`;

const get = (path: string, query: object = {}): HttpRequest => ({
  verb: "GET",
  path: `${BASE}${path}${queryOf(query)}`,
});

const remove = (path: string): HttpRequest => ({ verb: "DELETE", path: `${BASE}${path}` });

/** Whatever is made is told as a collection of one. */
const post = (path: string, collectionType: string, resource: object): HttpRequest => ({
  verb: "POST",
  path: `${BASE}${path}`,
  headers: { "content-type": collectionType },
  body: JSON.stringify({ metadata: { collectionType, collectionTotal: 1 }, resources: [resource] }),
});

function queryOf(query: object): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length === 0 ? "" : `?${given.map(([name, value]) => `${name}=${segment(String(value))}`).join("&")}`;
}
