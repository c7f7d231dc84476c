import {
  integer,
  listOf,
  name,
  object,
  oneOf,
  optional,
  orElse,
  type Shape,
  text,
  truth,
} from "../../../../connections/https/shapes";
import {
  type CurrentPeerCertificate,
  HEALTHS,
  type KeyServerSpec,
  type KmsProviderInfo,
  type KmsProviderSummary,
  type KmsServer,
  type KmsServerStatus,
  type KmsServiceStatus,
  type LocalizableMessage,
  type NetworkAddress,
  type RestOperation,
  type Result,
  type TrustAuthorityClusterSummary,
} from "../types";

const health = oneOf(...HEALTHS);

const message = object<LocalizableMessage>({ id: text, default_message: text, args: orElse(listOf(text), []) });
const messages = orElse(listOf(message), []);

const address = object<NetworkAddress>({ hostname: name, port: optional(integer) });

const kmsServer = object<KmsServer>({ name, address });

const keyServer = object<KmsProviderInfo["key_server"]>({
  type: oneOf("KMIP"),
  description: orElse(text, ""),
  proxy_server: optional(address),
  connection_timeout: optional(integer),
  kmip_server: object<KeyServerSpec["kmip_server"]>({ servers: listOf(kmsServer), username: optional(text) }),
});

const serverStatus = object<KmsServerStatus>({
  name,
  health,
  details: messages,
  client_trust_server: truth,
  server_trust_client: truth,
});

const status = object<KmsProviderInfo["status"]>({ health, details: messages, servers: listOf(serverStatus) });

const provider = object<KmsProviderInfo>({ master_key_id: name, key_server: keyServer, status });

const peerCertificate = object<CurrentPeerCertificate>({
  server_name: name,
  certificate: optional(name),
  error_messages: messages,
  trusted: truth,
});

/** Of a write, nothing is told; whatever comes with it decides nothing. */
const nothing: Shape<undefined> = () => undefined;

export const REST_RESULTS: { readonly [O in RestOperation]: Shape<Result<O>> } = {
  listTrustAuthorityClusters: listOf(object<TrustAuthorityClusterSummary>({ cluster: name, state: text })),
  listKmsProviders: listOf(object<KmsProviderSummary>({ provider: name, health })),
  createKmsProvider: nothing,
  getKmsProvider: provider,
  updateKmsProvider: nothing,
  deleteKmsProvider: nothing,
  setKmsCredential: nothing,
  createKmsClientCertificate: nothing,
  getKmsClientCertificate: object<{ certificate: string }>({ certificate: text }),
  updateKmsClientCertificate: nothing,
  createKmsCsr: nothing,
  getKmsCsr: object<{ csr: string }>({ csr: text }),
  listCurrentPeerCerts: listOf(peerCertificate),
  getTrustedPeerCerts: object<{ certificates: string[] }>({ certificates: orElse(listOf(name), []) }),
  updateTrustedPeerCerts: nothing,
  getKmsServiceStatus: object<KmsServiceStatus>({ health, details: messages }),
};
