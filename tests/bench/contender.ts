/** One simulated cluster, as a program that sets it up is told of it. */
export interface ClusterAddress {
  name: string;
  /** `https://host:port` */
  endpoint: string;
  username: string;
  password: string;
  /** PEM of the certificate that it presents. */
  certificate: string;
  /** SHA-256 of that certificate, AA:BB:.. */
  fingerprint256: string;
}

/** What a fleet is set up with. */
export interface FleetAddress {
  clusters: readonly ClusterAddress[];
  keyServer: { host: string; port: number };
  /** Signs the clusters' requests and the key server's own certificate; PEM. */
  authority: { certificate: string; privateKey: string };
}

/** A way to take a fleet from internal keys to master keys on a key server. */
export interface Contender {
  /** As the tables name it. */
  readonly name: string;
  /** Whatever is done once on a machine or for a project, such as installing: not timed. */
  prepare(fleet: FleetAddress): Promise<void>;
  /** The work: key pair, request, signed certificate, key server, key provider, attachment, tests, rekey, its end. */
  up(): Promise<void>;
  /** What it keeps about the fleet, as JSON; none when it keeps nothing. */
  readonly stateFile?: string;
  /** Removes what it has made on this machine. */
  remove(): void;
}

/** What an engine is told that is to save state when a run ends, and not after each step. */
export const UNSAVED: NodeJS.ProcessEnv = { PULUMI_SKIP_CHECKPOINTS: "true" };
