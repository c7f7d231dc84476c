import { isEkmError } from "../errors";
import { readCertificates } from "../pki";
import { holdsUnknown } from "../unknown";
import { type ClusterRuntime, ConnectedCluster } from "./api/cluster";
import { ClusterNotConfiguredError, ConnectionConfigurationError } from "./api/errors";
import type { ConnectionSettings } from "./api/settings";

/** Raw configuration of a provider process: explicit instances carry objects, stack configuration carries JSON text. */
export type RawConfig = Readonly<Record<string, unknown>>;

/** In a preview, the connection depends on a value that is not known yet. */
export class ConnectionUnknownError extends Error {}

type Source = "the provider instance's clusters" | "EKM_CLUSTERS" | "the stack configuration ekm:clusters";
/** What a source was given. */
type Given = readonly [source: Source, value: unknown];
type PartialSettings = Partial<ConnectionSettings>;
type Clusters = Readonly<Record<string, PartialSettings>>;

/** The clusters that one provider process may talk to, by name; each connects when first used. */
export class Connections {
  private readonly open = new Map<string, ConnectedCluster>();

  constructor(
    private readonly config: RawConfig,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly runtime: ClusterRuntime,
  ) {}

  cluster(name: string): ConnectedCluster {
    const known = this.open.get(name);
    if (known !== undefined) return known;
    const cluster = new ConnectedCluster(name, this.settings(name), this.runtime);
    this.open.set(name, cluster);
    return cluster;
  }

  /** Names of everything that is configured. */
  names(): string[] {
    return [...new Set(this.sources().flatMap(([source, value]) => Object.keys(clustersIn(source, value) ?? {})))];
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map((cluster) => cluster.close()));
  }

  /** Explicit instance before environment before stack configuration; the environment may freshen credentials. */
  private settings(name: string): ConnectionSettings {
    const [instance, environment, stack] = this.sources().map(([source, value]) => settingsIn(source, value, name));
    const declared = instance ?? stack;
    if (declared === undefined && environment === undefined) {
      throw new ClusterNotConfiguredError({
        attempt: `looking up the connection to cluster "${name}"`,
        reason: "no connection of this name is configured",
        wayOut: `set endpoint, username and password with "pulumi config set --path ekm:clusters.${name}.endpoint" and so on (the password with --secret), or give them in EKM_CLUSTERS, or as clusters of an explicit ekm.Provider`,
      });
    }
    if (declared === undefined) return validated(name, environment ?? {});
    const [freshened, kept] = [environment?.endpoint, declared.endpoint].map(originOf);
    if (environment?.endpoint !== undefined && freshened !== kept) {
      throw configurationError(
        name,
        `EKM_CLUSTERS names the endpoint ${freshened}, the configuration ${kept}`,
        "the environment may replace user name and password only: leave the endpoint out there, or make both equal",
      );
    }
    const { username = declared.username, password = declared.password } = environment ?? {};
    return validated(name, { ...declared, username, password });
  }

  private sources(): [instance: Given, environment: Given, stack: Given] {
    return [
      ["the provider instance's clusters", this.config.clusters],
      ["EKM_CLUSTERS", this.environment.EKM_CLUSTERS],
      ["the stack configuration ekm:clusters", this.config["ekm:clusters"]],
    ];
  }
}

function settingsIn(source: Source, value: unknown, name: string): PartialSettings | undefined {
  const clusters = clustersIn(source, value, name);
  const settings = clusters !== undefined && Object.hasOwn(clusters, name) ? clusters[name] : undefined;
  if (settings !== undefined && !isObject(settings)) {
    throw configurationError(name, `${source} has no object under this name`, SHAPE);
  }
  return settings;
}

/** All that a source has; `name` is of the cluster that it is read for, if it is for one. */
function clustersIn(source: Source, value: unknown, name?: string): Clusters | undefined {
  if (value === undefined || value === "") return undefined;
  if (holdsUnknown(value)) throw new ConnectionUnknownError(name);
  const clusters = typeof value === "string" ? parseClusters(source, value, name) : value;
  if (!isObject(clusters)) throw configurationError(name, `${source} is no object`, SHAPE);
  return clusters as Clusters;
}

const SHAPE =
  'give an object of connections by cluster name: {"default": {"endpoint": …, "username": …, "password": …}}';

/** Endpoints are compared and shown without what else an address may hold, such as a password. */
const originOf = (endpoint: string | undefined): string => URL.parse(String(endpoint))?.origin ?? "none";

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parseClusters(source: Source, text: string, name?: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message may quote the text, and with it a password.
    throw configurationError(name, `${source} is not valid JSON`, SHAPE);
  }
}

function validated(name: string, settings: PartialSettings): ConnectionSettings {
  const { endpoint, username, password, caCertificate, fingerprint256, insecure } = settings;
  for (const [key, value] of Object.entries({ endpoint, username, password })) {
    if (typeof value !== "string" || value === "") throw configurationError(name, `${key} is missing`, SHAPE);
  }
  for (const [key, value] of Object.entries({ caCertificate, fingerprint256 })) {
    if (value !== undefined && typeof value !== "string") throw configurationError(name, `${key} is no text`, SHAPE);
  }
  const url = URL.parse(String(endpoint));
  if (url?.protocol !== "https:" || url.pathname !== "/" || url.username !== "" || url.password !== "") {
    throw configurationError(
      name,
      "endpoint is no address of the form https://host[:port]",
      "the API is HTTPS only; the path and the credentials are added to the address by this provider",
    );
  }
  if ([caCertificate, fingerprint256, insecure || undefined].filter((given) => given !== undefined).length > 1) {
    throw configurationError(
      name,
      "more than one of caCertificate, fingerprint256 and insecure is given",
      "give the one that says how the cluster's certificate is verified",
    );
  }
  if (caCertificate !== undefined) assertCertificates(name, caCertificate);
  if (fingerprint256 !== undefined && !/^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i.test(fingerprint256)) {
    throw configurationError(
      name,
      "fingerprint256 is no SHA-256 fingerprint",
      "give 32 bytes in hex, with or without colons",
    );
  }
  if (insecure !== undefined && typeof insecure !== "boolean") {
    throw configurationError(name, "insecure is neither true nor false", SHAPE);
  }
  return {
    endpoint: url.origin,
    username: String(username),
    password: String(password),
    caCertificate,
    fingerprint256,
    insecure,
  };
}

/** OpenSSL passes over what it cannot read, and then trusts nothing. */
function assertCertificates(name: string, pem: string): void {
  try {
    readCertificates(pem);
  } catch (error) {
    if (!isEkmError(error)) throw error;
    throw configurationError(
      name,
      `caCertificate is no certificate in PEM: ${error.message}`,
      "give the certificates of the authorities that sign the cluster's own, each with its BEGIN and END lines",
    );
  }
}

const configurationError = (cluster: string | undefined, reason: string, wayOut: string) =>
  new ConnectionConfigurationError({
    attempt: `reading the configuration of ${cluster === undefined ? "connections" : `the connection to cluster "${cluster}"`}`,
    reason,
    wayOut,
  });
