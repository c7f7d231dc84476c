import type { HttpRequest } from "../../../../connections/https/transport";
import type { ApiCall } from "../../../../core/system";
import type { Params, RestOperation } from "../types";

/** vSphere Trust Authority came with this version. */
const SINCE = "7.0";

export interface RestFacts<O extends RestOperation = RestOperation> extends ApiCall {
  /** The privilege on the Trust Authority Cluster. */
  access: readonly [string];
  /** The answer names a task, whose result is that of the operation. */
  isTask: boolean;
  request(params: Params<O>): HttpRequest;
  /** Values that no text of the vCenter may show. */
  secretsIn?(params: Params<O>): (string | undefined)[];
}

export const REST_OPERATIONS: { readonly [O in RestOperation]: RestFacts<O> } = {
  listTrustAuthorityClusters: {
    ...{ effect: "read", since: SINCE, access: ["System.Read"], isTask: false },
    request: () => ({ verb: "GET", path: CLUSTERS }),
  },
  listKmsProviders: { ...read(), request: ({ cluster }) => task("GET", `${of(cluster)}/providers`) },
  createKmsProvider: {
    ...change("create"),
    request: ({ cluster, spec }) => task("POST", `${of(cluster)}/providers`, spec),
  },
  getKmsProvider: { ...read(), request: (params) => task("GET", provider(params)) },
  updateKmsProvider: { ...change(), request: (params) => task("PATCH", provider(params), params.spec) },
  deleteKmsProvider: { ...change(), request: (params) => task("DELETE", provider(params)) },
  setKmsCredential: {
    ...change(),
    request: (params) => task("PUT", `${provider(params)}/credential`, params.password),
    secretsIn: ({ password }) => [password],
  },
  createKmsClientCertificate: {
    ...change("create"),
    request: (params) => task("POST", `${provider(params)}/client-certificate`),
  },
  getKmsClientCertificate: { ...read(), request: (params) => task("GET", `${provider(params)}/client-certificate`) },
  updateKmsClientCertificate: {
    ...change(),
    request: ({ cluster, provider: name, ...certificate }) =>
      task("PATCH", `${provider({ cluster, provider: name })}/client-certificate`, certificate),
    secretsIn: ({ private_key }) => [private_key],
  },
  createKmsCsr: {
    ...change("create"),
    request: (params) => task("POST", `${provider(params)}/client-certificate/csr`),
  },
  getKmsCsr: { ...read(), request: (params) => task("GET", `${provider(params)}/client-certificate/csr`) },
  listCurrentPeerCerts: { ...read(), request: (params) => task("GET", `${provider(params)}/peer-certs/current`) },
  getTrustedPeerCerts: { ...read(), request: (params) => task("GET", `${provider(params)}/peer-certs/trusted`) },
  updateTrustedPeerCerts: {
    ...change(),
    request: ({ certificates, ...params }) => task("PATCH", `${provider(params)}/peer-certs/trusted`, { certificates }),
  },
  getKmsServiceStatus: { ...read(), request: ({ cluster }) => task("GET", `${of(cluster)}/service-status`) },
};

const CLUSTERS = "/api/vcenter/trusted-infrastructure/trust-authority-clusters";

const of = (cluster: string): string => `${CLUSTERS}/${encodeURIComponent(cluster)}/kms`;

const provider = ({ cluster, provider: name }: { cluster: string; provider: string }): string =>
  `${of(cluster)}/providers/${encodeURIComponent(name)}`;

const task = (verb: HttpRequest["verb"], path: string, body?: unknown): HttpRequest => ({
  verb,
  path: `${path}?vmw-task=true`,
  ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
});

function read() {
  return { effect: "read", since: SINCE, access: ["TrustedAdmin.ReadKMSTrust"], isTask: true } as const;
}

function change(effect: "idempotent" | "create" = "idempotent") {
  return { effect, since: SINCE, access: ["TrustedAdmin.ManageKMSTrust"], isTask: true } as const;
}
