/** Health of a trusted key provider, or of one of its servers. `NONE` says that nobody has looked yet. */
export const HEALTHS = ["NONE", "OK", "WARNING", "ERROR"] as const;
export type Health = (typeof HEALTHS)[number];

/** States of a task of the Automation API. */
export const TASK_STATUSES = ["PENDING", "RUNNING", "BLOCKED", "SUCCEEDED", "FAILED"] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

export interface LocalizableMessage {
  id: string;
  default_message: string;
  args: string[];
}

/** A port that is left out is that of KMIP, and that of HTTPS where the address is a proxy's. */
export interface NetworkAddress {
  hostname: string;
  port?: number;
}

/** A server as a trusted key provider has it. */
export interface KmsServer {
  name: string;
  address: NetworkAddress;
}

export interface KeyServerSpec {
  type: "KMIP";
  description?: string;
  proxy_server?: NetworkAddress;
  /** In seconds. */
  connection_timeout?: number;
  kmip_server: { servers: KmsServer[]; username?: string };
}

export interface KmsProviderCreateSpec {
  provider: string;
  master_key_id: string;
  key_server: KeyServerSpec;
}

/** Left out, a member stays as it is; `type` belongs to `kmip_server`, whose servers are replaced as a whole. */
export interface KmsProviderUpdateSpec {
  master_key_id?: string;
  key_server?: Partial<Omit<KeyServerSpec, "kmip_server">> & { kmip_server?: Partial<KeyServerSpec["kmip_server"]> };
}

export interface KmsProviderSummary {
  provider: string;
  health: Health;
}

export interface KmsServerStatus {
  name: string;
  health: Health;
  details: LocalizableMessage[];
  client_trust_server: boolean;
  server_trust_client: boolean;
}

/** A provider, which does not say its own name. */
export interface KmsProviderInfo {
  master_key_id: string;
  key_server: KeyServerSpec & { description: string };
  status: { health: Health; details: LocalizableMessage[]; servers: KmsServerStatus[] };
}

/** What a key server presents. Where it could not be reached, messages stand for the certificate. */
export interface CurrentPeerCertificate {
  server_name: string;
  certificate?: string;
  error_messages: LocalizableMessage[];
  trusted: boolean;
}

export interface KmsServiceStatus {
  health: Health;
  details: LocalizableMessage[];
}

export interface TrustAuthorityClusterSummary {
  cluster: string;
  state: string;
}

/** A managed object of the Web Services API. */
export interface ManagedObjectReference {
  type: string;
  value: string;
}

/** A vCenter, as it says it to whoever asks. */
export interface AboutInfo {
  fullName: string;
  apiVersion: string;
  instanceUuid: string;
}

/** The objects through which everything else is found. */
export interface ServiceContent {
  about: AboutInfo;
  rootFolder: ManagedObjectReference;
  propertyCollector: ManagedObjectReference;
  viewManager: ManagedObjectReference;
  sessionManager: ManagedObjectReference;
  /** No host that is managed by none has it, and no vCenter before 6.5. */
  cryptoManager?: ManagedObjectReference;
}

/** Who manages a key provider: standard ones are vCenter's own. */
export const MANAGEMENT_TYPES = ["unknown", "vCenter", "trustAuthority", "nativeProvider"] as const;
export type ManagementType = (typeof MANAGEMENT_TYPES)[number];

/** In the order in which the schema has the members. */
export interface KmipServerInfo {
  name: string;
  address: string;
  port: number;
  proxyAddress?: string;
  proxyPort?: number;
  /** In seconds. */
  timeout?: number;
  userName?: string;
}

export interface KmipServerSpec {
  /** Name of the provider. */
  clusterId: string;
  /** In an update, an empty text or -1 takes a member away. */
  info: KmipServerInfo;
  password?: string;
}

export interface KmipClusterInfo {
  clusterId: string;
  servers: KmipServerInfo[];
  useAsDefault: boolean;
  managementType?: ManagementType;
  useAsEntityDefault: ManagedObjectReference[];
}

export const ENTITY_STATUSES = ["gray", "green", "yellow", "red"] as const;
export type EntityStatus = (typeof ENTITY_STATUSES)[number];

export interface KmipCertificateInfo {
  subject: string;
  issuer: string;
  notBefore: string;
  notAfter: string;
}

export interface KmipServerStatus {
  name: string;
  status: EntityStatus;
  connectionStatus: string;
  certInfo?: KmipCertificateInfo;
  clientTrustServer?: boolean;
  serverTrustClient?: boolean;
}

export interface KmipClusterStatus {
  clusterId: string;
  overallStatus?: EntityStatus;
  servers: KmipServerStatus[];
}

export interface KmipServerCertInfo {
  certificate: string;
  clientTrustServer?: boolean;
}

/** The subject of a certificate, in the order in which the schema has its members. */
export interface CertSignRequest {
  commonName?: string;
  organization?: string;
  organizationUnit?: string;
  locality?: string;
  state?: string;
  country?: string;
  email?: string;
}

export interface CryptoKeyId {
  keyId: string;
  /** Name of the provider. */
  providerId?: string;
}

export interface CryptoKeyStatus {
  keyId: CryptoKeyId;
  keyAvailable?: boolean;
  reason?: string;
  encryptedVMs: ManagedObjectReference[];
  affectedHosts: ManagedObjectReference[];
  referencedByTags: string[];
}

/** Types of objects whose keys can be seen. */
export const KEY_HOLDERS = ["VirtualMachine", "HostSystem"] as const;

/** A machine or a host, with the key that encrypts it. */
export interface KeyHolder {
  reference: ManagedObjectReference;
  name: string;
  key?: CryptoKeyId;
}

interface OfCluster {
  /** The managed object id of a Trust Authority Cluster, such as `domain-c8`. */
  cluster: string;
}

interface OfProvider extends OfCluster {
  provider: string;
}

interface Nothing {
  params: Record<string, never>;
}

/** Operations of the Automation API on a Trust Authority Cluster, with what they take and give. */
export interface RestOperations {
  listTrustAuthorityClusters: Nothing & { result: TrustAuthorityClusterSummary[] };
  listKmsProviders: { params: OfCluster; result: KmsProviderSummary[] };
  createKmsProvider: { params: OfCluster & { spec: KmsProviderCreateSpec }; result: undefined };
  getKmsProvider: { params: OfProvider; result: KmsProviderInfo };
  updateKmsProvider: { params: OfProvider & { spec: KmsProviderUpdateSpec }; result: undefined };
  deleteKmsProvider: { params: OfProvider; result: undefined };
  setKmsCredential: { params: OfProvider & { password: string }; result: undefined };
  createKmsClientCertificate: { params: OfProvider; result: undefined };
  getKmsClientCertificate: { params: OfProvider; result: { certificate: string } };
  updateKmsClientCertificate: {
    params: OfProvider & { certificate: string; private_key?: string };
    result: undefined;
  };
  createKmsCsr: { params: OfProvider; result: undefined };
  getKmsCsr: { params: OfProvider; result: { csr: string } };
  listCurrentPeerCerts: { params: OfProvider; result: CurrentPeerCertificate[] };
  getTrustedPeerCerts: { params: OfProvider; result: { certificates: string[] } };
  updateTrustedPeerCerts: { params: OfProvider & { certificates: string[] }; result: undefined };
  getKmsServiceStatus: { params: OfCluster; result: KmsServiceStatus };
}

/** Methods of the Web Services API, with what they take and give. Providers are given by their names. */
export interface SoapMethods {
  ListKmipServers: Nothing & { result: KmipClusterInfo[] };
  RegisterKmipServer: { params: KmipServerSpec; result: undefined };
  UpdateKmipServer: { params: KmipServerSpec; result: undefined };
  RemoveKmipServer: { params: { clusterId: string; serverName: string }; result: undefined };
  UnregisterKmsCluster: { params: { clusterId: string }; result: undefined };
  /** The status of these providers, once the task that computes it has ended. */
  RetrieveKmipServersStatus_Task: { params: { clusters: readonly KmipClusterInfo[] }; result: KmipClusterStatus[] };
  RetrieveKmipServerCert: { params: { keyProvider: string; server: KmipServerInfo }; result: KmipServerCertInfo };
  UploadKmipServerCert: { params: { cluster: string; certificate: string }; result: undefined };
  GenerateSelfSignedClientCert: { params: { cluster: string; request?: CertSignRequest }; result: string };
  RetrieveSelfSignedClientCert: { params: { cluster: string }; result: string | undefined };
  UpdateSelfSignedClientCert: { params: { cluster: string; certificate: string }; result: undefined };
  GenerateClientCsr: { params: { cluster: string; request?: CertSignRequest }; result: string };
  RetrieveClientCsr: { params: { cluster: string }; result: string | undefined };
  UpdateKmsSignedCsrClientCert: { params: { cluster: string; certificate: string }; result: undefined };
  UploadClientCert: { params: { cluster: string; certificate: string; privateKey: string }; result: undefined };
  RetrieveClientCert: { params: { cluster: string }; result: string | undefined };
  /** Without a provider, the entity has none of its own any more; without an entity, the vCenter has none. */
  SetDefaultKmsCluster: { params: { entity?: ManagedObjectReference; clusterId?: string }; result: undefined };
  GetDefaultKmsCluster: { params: { entity?: ManagedObjectReference }; result: string | undefined };
  ListKeys: Nothing & { result: CryptoKeyId[] };
  QueryCryptoKeyStatus: { params: { keyIds: readonly CryptoKeyId[] }; result: CryptoKeyStatus[] };
  /** All machines or all hosts, in as many pages as it takes. */
  RetrievePropertiesEx: { params: { type: (typeof KEY_HOLDERS)[number] }; result: KeyHolder[] };
}

export type RestOperation = keyof RestOperations;
export type SoapMethod = keyof SoapMethods;

type Calls = RestOperations & SoapMethods;

/** What a vCenter is asked, by either API. */
export type CallName = keyof Calls;
export type Params<C extends CallName> = Calls[C]["params"];
export type Result<C extends CallName> = Calls[C]["result"];
