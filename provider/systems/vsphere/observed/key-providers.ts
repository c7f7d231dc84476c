/** Who keeps a key provider: vSphere Trust Authority, or vCenter itself. */
export type Family = "trusted" | "standard";

/** How a server is reached. The servers of a trusted provider have all of it in common. */
export interface Access {
  userName?: string;
  proxy?: Address;
  /** In seconds. */
  connectionTimeout?: number;
}

export interface Address {
  hostname: string;
  port: number;
}

export interface KeyServer extends Access, Address {
  name: string;
}

/** A key provider, as its vCenter has it. */
export interface KeyProvider {
  name: string;
  servers: KeyServer[];
  /** Of a trusted provider. */
  description?: string;
  /** Of a trusted provider: the key, by its ID at the key server, that wraps all others. */
  primaryKey?: string;
}

/** What a key server presents to its vCenter. */
export interface PeerCertificate {
  /** Name of the server. */
  server: string;
  /** PEM; absent where the vCenter could not reach the server. */
  certificate?: string;
  isTrusted: boolean;
  /** Why there is no certificate, in the vCenter's words. */
  details: string[];
}

export type HealthWord = "healthy" | "degraded" | "unhealthy" | "unknown";

/** How a vCenter finds a provider and its servers. */
export interface ProviderHealth {
  health: HealthWord;
  details: string[];
  servers: KeyServerHealth[];
}

export interface KeyServerHealth {
  /** Name of the server in the provider. */
  name: string;
  /** `healthy`, `degraded`, `unhealthy`, or `unknown` before the vCenter has looked. */
  health: HealthWord;
  /** The vCenter accepts the server's certificate; absent where nobody knows. */
  serverTrusted?: boolean;
  /** The server accepts the vCenter's certificate; absent where nobody knows. */
  clientTrusted?: boolean;
  /** The vCenter's words about it. */
  details: string[];
}

/** What a vCenter says of the key providers of one family. Nothing here changes any. */
export interface KeyProviders {
  readonly family: Family;
  /** Names of all of them. */
  list(): Promise<string[]>;
  find(name: string): Promise<KeyProvider | undefined>;
  /** What each server presents at this moment. */
  peerCertificates(provider: KeyProvider): Promise<PeerCertificate[]>;
  /** PEM of the certificates that the vCenter accepts from servers of the provider, as far as it tells. */
  trustedCertificates(provider: KeyProvider): Promise<string[]>;
  /** PEM of the certificate by which the vCenter proves itself to the servers. */
  clientCertificate(name: string): Promise<string | undefined>;
  /** PEM of the certificate that the vCenter has made for itself, whether it uses it or not. */
  generatedCertificate(name: string): Promise<string | undefined>;
  /** PEM of the request whose private key the vCenter holds. */
  signingRequest(name: string): Promise<string | undefined>;
  health(provider: KeyProvider): Promise<ProviderHealth>;
}

/** Whether every server is of use in both directions: a word for the whole alone may be an old one. */
export const isHealthy = ({ health, servers }: ProviderHealth): boolean =>
  health === "healthy" && servers.length > 0 && servers.every(isWell);

export const isWell = ({ health, serverTrusted, clientTrusted }: KeyServerHealth): boolean =>
  health === "healthy" && serverTrusted !== false && clientTrusted !== false;
