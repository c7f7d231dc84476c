import type { EndpointSecrets } from "../../chassis/endpoint-certificate";

/** Everything of a vCenter that outlives its process, but for secrets. Moments are ISO texts to the millisecond. */
export interface VCenterState {
  /** `about.apiVersion`: 8.0.3.0 and the like. */
  apiVersion: string;
  /** `about.instanceUuid`: who this vCenter is, whatever its address. */
  instanceUuid: string;
  trustAuthorityClusters: TrustAuthorityCluster[];
  /** What the CryptoManager knows, trusted providers of a workload vCenter among them. */
  kmsClusters: KmsCluster[];
  /** Id of the default provider. */
  defaultProvider?: string;
  entityDefaults: EntityDefault[];
  hosts: Host[];
  virtualMachines: VirtualMachine[];
  /** Key services that this vCenter, as one of workloads, is told of. */
  kmsServices: KmsService[];
  /** Clusters whose hosts take their keys from such services. */
  trustedClusters: TrustedCluster[];
  tasks: Task[];
  /** The last number in an id of an object. */
  lastObject: number;
}

/** A managed object as SOAP refers to it. */
export interface EntityReference {
  type: string;
  value: string;
}

/** What makes hosts of a Trust Authority cluster speak to key servers. */
export interface TrustAuthorityCluster {
  /** `domain-c8` */
  cluster: string;
  name: string;
  state: "ENABLE" | "DISABLE";
  providers: TrustedProvider[];
}

export interface KeyServer extends ServerSettings {
  name: string;
  host: string;
  port: number;
}

export interface ServerSettings {
  userName?: string;
  proxy?: { host: string; port?: number };
  timeoutSeconds?: number;
}

/** How vCenter came by the client certificate that it shows. */
export type CertificateOrigin = "generated" | "signed" | "uploaded";

/** What any provider has whose key servers speak KMIP. */
export interface KeyProvider {
  /** Under which its secrets are kept. No API shows it. */
  uuid: string;
  /** Chosen by whoever made it; both APIs know it by this. */
  name: string;
  servers: KeyServer[];
  /** What goes for every server that does not say otherwise. */
  common: ServerSettings;
  /** PEM of each server certificate that vCenter trusts. */
  trustedCertificates: string[];
  /** The client certificate in use, PEM. */
  clientCertificate?: { pem: string; origin: CertificateOrigin };
  /** The last request, PEM; its key is among the secrets until another one is made. */
  signingRequest?: string;
  /** A generated certificate that waits to be put to use, PEM. Trusted providers use theirs at once. */
  selfSignedCertificate?: string;
  health: ObservedHealth;
}

export interface TrustedProvider extends KeyProvider {
  primaryKeyID: string;
  description: string;
}

export type ManagementType = "vCenter" | "trustAuthority" | "nativeProvider" | "unknown";

/** A server of a standard provider, with what nothing here makes use of. */
export interface KmipServer extends KeyServer {
  reconnect?: number;
  protocol?: string;
  nbio?: number;
}

export interface KmsCluster extends KeyProvider {
  managementType: ManagementType;
  servers: KmipServer[];
  /** Of a native provider alone. */
  native?: { hasBackup: boolean; tpmRequired: boolean; keyID: string };
  /** Keys that were made for it, oldest first. */
  keys: CryptoKey[];
}

export interface CryptoKey {
  keyID: string;
  attributes: { key: string; value: string }[];
}

/** What the last check of a provider's servers has found. */
export interface ObservedHealth {
  /** When, or since when nothing was found yet. */
  at: string;
  /** Absent until the first check. */
  servers?: ObservedServer[];
}

export interface ObservedServer {
  name: string;
  /** The certificate that the server presents, PEM; absent where none could be had. */
  certificate?: string;
  clientTrustServer: boolean;
  serverTrustClient: boolean;
  /** What is wrong, in words. */
  complaints: string[];
}

export interface EntityDefault {
  entity: EntityReference;
  provider: string;
}

/** A data key, wrapped by a key of a provider. */
export interface WrappedDataKey {
  /** As machines and hosts name the key that wraps it. */
  keyID: string;
  /** The key server's own name of that key. */
  uid: string;
  provider: string;
  /** Base64. */
  wrapped: string;
  /** Proves that what is unwrapped is the same as ever. */
  digest: string;
}

export interface Host {
  /** `host-9` */
  id: string;
  name: string;
  cluster: string;
  dataKey?: WrappedDataKey;
}

export interface VirtualMachine {
  /** `vm-12` */
  id: string;
  name: string;
  host: string;
  dataKey?: WrappedDataKey;
}

export interface KmsService {
  service: string;
  address: { hostname: string; port: number };
  group: string;
  trustAuthorityCluster: string;
  /** PEM, the server's first. */
  certificates: string[];
}

export interface TrustedCluster {
  /** `domain-c20` */
  cluster: string;
  name: string;
  services: string[];
}

/** A task of the REST API. What it was asked to do is among the secrets until it is done. */
export interface Task {
  /** `<uuid>:<service>` */
  id: string;
  service: string;
  operation: string;
  method: string;
  target?: EntityReference;
  user: string;
  status: "PENDING" | "RUNNING" | "SUCCEEDED" | "FAILED";
  createdAt: string;
  startedAt?: string;
  endedAt?: string;
  result?: unknown;
  error?: object;
}

export interface VCenterSecrets extends EndpointSecrets {
  username: string;
  password: string;
  /** By a provider's uuid. */
  providers: Record<string, ProviderSecrets>;
  /** Requests of tasks that are not done, by the task's id. */
  taskRequests: Record<string, TaskRequest>;
}

/** Private keys are PEM. */
export interface ProviderSecrets {
  /** Of the provider's user, for all servers of a trusted provider, by server of another. */
  passwords: Record<string, string>;
  clientKey?: string;
  signingRequestKey?: string;
  selfSignedKey?: string;
}

export interface TaskRequest {
  slots: Record<string, string>;
  /** As it stood in the URL. */
  query: string;
  body: unknown;
}
