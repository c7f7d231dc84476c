/** What has its keys in a key server, and encrypts with them. */
export interface KeyUser {
  /** The system, such as `cluster "storage-1"`. */
  system: string;
  /** What of it is the client of the key server. */
  client: string;
  hostnames: readonly string[];
  port: number;
  /** Of its client certificate. */
  fingerprint256: string;
  /** What the key server holds for it. */
  keys: ProtectingKey[];
}

export interface ProtectingKey {
  /** Such as `master key`. */
  title: string;
  keyID?: string;
  /** What it protects, such as `the data encryption keys`. */
  protects: string;
}
