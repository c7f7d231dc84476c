import type { ApiCall } from "../../../../core/system";
import type {
  CertSignRequest,
  CryptoKeyId,
  KmipClusterInfo,
  KmipServerInfo,
  KmipServerSpec,
  Params,
  Result,
  SoapMethod,
} from "../types";
import { many, maybe, name, one, type Read, text } from "./reading";
import { clusterInfo, keyId, keyStatus, providerId, serverCertificate } from "./results";
import { type Part, part, referencePart } from "./writing";

/** Methods that take more than one request. */
export type CompositeMethod = "RetrieveKmipServersStatus_Task" | "RetrievePropertiesEx";
export type PlainMethod = Exclude<SoapMethod, CompositeMethod>;

interface SoapFacts extends ApiCall {
  access: readonly string[];
  /** The vCenter contacts the key server before it answers. */
  contactsKeyServer?: true;
}

export interface PlainFacts<M extends PlainMethod> extends SoapFacts {
  /** In the order in which the schema has them. */
  parameters(params: Params<M>): Part[];
  /** Reads the element of the answer. */
  read: Read<Result<M>>;
  /** Values that no text of the vCenter may show. */
  secretsIn?(params: Params<M>): (string | undefined)[];
}

/** Of the whole API of a method, and of a parameter of some. */
const KMIP = "6.5";
const PROVIDERS = "7.0";
export const SUBJECTS = "8.0.1";

/** Whether a key is there, and whether machines, hosts or anything else uses it. */
const EVERYTHING_ABOUT_A_KEY = 15;

export const PLAIN_METHODS: { readonly [M in PlainMethod]: PlainFacts<M> } = {
  ListKmipServers: { ...servers("read"), parameters: () => [], read: allOf(clusterInfo) },
  RegisterKmipServer: {
    ...servers("create"),
    parameters: (spec) => [serverSpec(spec)],
    read: nothing,
    secretsIn: ({ password }) => [password],
  },
  UpdateKmipServer: {
    ...servers("idempotent"),
    parameters: (spec) => [serverSpec(spec)],
    read: nothing,
    secretsIn: ({ password }) => [password],
  },
  RemoveKmipServer: {
    ...servers("idempotent"),
    parameters: ({ clusterId, serverName }) => [providerPart("clusterId", clusterId), part("serverName", serverName)],
    read: nothing,
  },
  UnregisterKmsCluster: {
    ...servers("idempotent", PROVIDERS),
    parameters: ({ clusterId }) => [providerPart("clusterId", clusterId)],
    read: nothing,
  },
  RetrieveKmipServerCert: {
    ...servers("read"),
    contactsKeyServer: true,
    parameters: ({ keyProvider, server }) => [providerPart("keyProvider", keyProvider), serverPart("server", server)],
    read: (answer, path) => one(serverCertificate)(answer, RETURNED, path),
  },
  UploadKmipServerCert: {
    ...servers("idempotent"),
    parameters: ({ cluster, certificate }) => [providerPart("cluster", cluster), part("certificate", certificate)],
    read: nothing,
  },
  GenerateSelfSignedClientCert: {
    ...servers("create"),
    parameters: ({ cluster, request }) => [providerPart("cluster", cluster), subjectPart(request)],
    read: only(name),
  },
  RetrieveSelfSignedClientCert: { ...servers("read"), parameters: ofCluster, read: maybeText },
  UpdateSelfSignedClientCert: {
    ...servers("idempotent"),
    parameters: ({ cluster, certificate }) => [providerPart("cluster", cluster), part("certificate", certificate)],
    read: nothing,
  },
  GenerateClientCsr: {
    ...servers("create"),
    parameters: ({ cluster, request }) => [providerPart("cluster", cluster), subjectPart(request)],
    read: only(name),
  },
  RetrieveClientCsr: { ...servers("read"), parameters: ofCluster, read: maybeText },
  UpdateKmsSignedCsrClientCert: {
    ...servers("idempotent"),
    parameters: ({ cluster, certificate }) => [providerPart("cluster", cluster), part("certificate", certificate)],
    read: nothing,
  },
  UploadClientCert: {
    ...servers("idempotent"),
    parameters: ({ cluster, certificate, privateKey }) => [
      providerPart("cluster", cluster),
      part("certificate", certificate),
      part("privateKey", privateKey),
    ],
    read: nothing,
    secretsIn: ({ privateKey }) => [privateKey],
  },
  RetrieveClientCert: { ...servers("read"), parameters: ofCluster, read: maybeText },
  SetDefaultKmsCluster: {
    ...servers("idempotent", PROVIDERS),
    parameters: ({ entity, clusterId }) => [referencePart("entity", entity), providerPart("clusterId", clusterId)],
    read: nothing,
  },
  GetDefaultKmsCluster: {
    ...servers("read", PROVIDERS),
    parameters: ({ entity }) => [
      referencePart("entity", entity),
      part("defaultsToParent", entity === undefined ? undefined : false),
    ],
    read: (answer, path) => maybe(providerId)(answer, RETURNED, path),
  },
  ListKeys: { ...keys(), parameters: () => [], read: allOf(keyId) },
  QueryCryptoKeyStatus: {
    ...keys(),
    contactsKeyServer: true,
    parameters: ({ keyIds }) => [
      ...keyIds.map((key) => keyPart("keyIds", key)),
      part("checkKeyBitMap", EVERYTHING_ABOUT_A_KEY),
    ],
    read: allOf(keyStatus),
  },
};

export const SOAP_METHODS: { readonly [M in SoapMethod]: SoapFacts } = {
  ...PLAIN_METHODS,
  RetrieveKmipServersStatus_Task: { ...servers("read"), contactsKeyServer: true },
  RetrievePropertiesEx: { effect: "read", since: KMIP, access: ["System.View"] },
};

function servers<E extends ApiCall["effect"]>(effect: E, since = KMIP) {
  return { effect, since, access: ["Cryptographer.ManageKeyServers"] } as const;
}

function keys() {
  return { effect: "read", since: KMIP, access: ["Cryptographer.ManageKeys"] } as const;
}

/** The element of an answer that holds the result, once for each of several. */
const RETURNED = "returnval";

function nothing(): undefined {
  return undefined;
}

function allOf<T>(read: Read<T>): Read<T[]> {
  return (answer, path) => many(read)(answer, RETURNED, path);
}

function only<T>(read: Read<T>): Read<T> {
  return (answer, path) => one(read)(answer, RETURNED, path);
}

/** PEM, where there is any. */
function maybeText(...[answer, path]: Parameters<Read<string>>): string | undefined {
  return maybe(text)(answer, RETURNED, path) || undefined;
}

function ofCluster({ cluster }: { cluster: string }): Part[] {
  return [providerPart("cluster", cluster)];
}

const providerPart = (member: string, id: string | undefined): Part =>
  id === undefined ? "" : part(member, [part("id", id)]);

const serverPart = (member: string, server: KmipServerInfo): Part =>
  part(member, [
    part("name", server.name),
    part("address", server.address),
    part("port", server.port),
    part("proxyAddress", server.proxyAddress),
    part("proxyPort", server.proxyPort),
    part("timeout", server.timeout),
    part("userName", server.userName),
  ]);

const serverSpec = ({ clusterId, info, password }: KmipServerSpec): Part =>
  part("server", [providerPart("clusterId", clusterId), serverPart("info", info), part("password", password)]);

const subjectPart = (request: CertSignRequest | undefined): Part =>
  part(
    "request",
    request && [
      part("commonName", request.commonName),
      part("organization", request.organization),
      part("organizationUnit", request.organizationUnit),
      part("locality", request.locality),
      part("state", request.state),
      part("country", request.country),
      part("email", request.email),
    ],
  );

const keyPart = (member: string, { keyId: id, providerId: provider }: CryptoKeyId): Part =>
  part(member, [part("keyId", id), providerPart("providerId", provider)]);

/** A provider as the status task wants it. */
export const clusterPart = ({ clusterId, servers: all, useAsDefault, managementType }: KmipClusterInfo): Part =>
  part("clusters", [
    providerPart("clusterId", clusterId),
    ...all.map((server) => serverPart("servers", server)),
    part("useAsDefault", useAsDefault),
    part("managementType", managementType),
  ]);
