import { ConnectionConfigurationError, ConnectionNotConfiguredError } from "../connections/errors";
import { Logins } from "../connections/https/login";
import { type HttpProxy, ProxyAddressError, proxyFor } from "../connections/https/proxy";
import { isEkmError } from "../errors";
import { didYouMean } from "../nearest-name";
import { CertificateError, PemError, readCertificates, writePem } from "../pki";
import { holdsUnknown } from "../unknown";
import { type ClusterRuntime, ConnectedCluster } from "./api/cluster";
import type { ConnectionSettings } from "./api/settings";
import { configCommand } from "./config-command";
import { strayComplaint } from "./credentials";
import { canonicalHost } from "./hosts";

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
    private readonly logins = new Logins(),
  ) {}

  cluster(name: string): ConnectedCluster {
    const known = this.open.get(name);
    if (known !== undefined) return known;
    const settings = this.settings(name);
    const login = this.logins.of(settings.endpoint, settings.username, settings.password);
    const surroundings = { proxy: this.proxy(name, settings), login };
    const cluster = new ConnectedCluster(name, settings, this.runtime, surroundings);
    this.open.set(name, cluster);
    return cluster;
  }

  /** Names of everything that is configured. */
  names(): string[] {
    const given = this.sources().flatMap(([source, value]) => Object.entries(clustersIn(source, value) ?? {}));
    return [...new Set(given.filter(([, settings]) => settings !== null).map(([name]) => name))];
  }

  /** Whether the environment has no password for a connection: it depends on what the engine gave. */
  isGivenByEngine(name: string): boolean {
    const [, [source, value]] = this.sources();
    try {
      return settingsIn(source, value, name)?.password === undefined;
    } catch {
      // What is wrong with the environment itself is told already.
      return false;
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map((cluster) => cluster.close()));
  }

  /** Explicit instance before environment before stack configuration; the environment may freshen credentials. */
  private settings(name: string): ConnectionSettings {
    const [instance, environment, stack] = this.sources().map(([source, value]) => settingsIn(source, value, name));
    const declared = instance ?? stack;
    if (declared === undefined && environment === undefined) throw this.notConfigured(name);
    if (declared === undefined) return validated(name, environment ?? {});
    const [freshened, kept] = [environment?.endpoint, declared.endpoint];
    if (freshened !== undefined && meaningOf(freshened) !== meaningOf(kept)) {
      throw configurationError(
        name,
        `EKM_CLUSTERS names the endpoint ${originOf(freshened)}, the configuration ${originOf(kept)}`,
        "the environment may replace user name and password only: leave the endpoint out there, or make both equal",
      );
    }
    const { username = declared.username, password = declared.password } = environment ?? {};
    return validated(name, { ...declared, username, password });
  }

  private notConfigured(name: string): ConnectionNotConfiguredError {
    const names = this.names();
    const others = names.length === 0 ? "none is" : `those that are: ${inWords(names)}`;
    return new ConnectionNotConfiguredError({
      attempt: `looking up the connection to cluster "${name}"`,
      reason: `no connection of this name is configured; ${others}`,
      wayOut: `give a name that is, or configure it: ${configCommands(name)} (or in EKM_CLUSTERS, or as clusters of an explicit ekm.Provider)`,
    });
  }

  private proxy(name: string, { endpoint }: ConnectionSettings): HttpProxy | undefined {
    try {
      return proxyFor(endpoint, this.environment);
    } catch (error) {
      if (!(error instanceof ProxyAddressError)) throw error;
      throw configurationError(
        name,
        error.message,
        "give it as http://HOST:PORT or https://HOST:PORT, or exempt the cluster from it with NO_PROXY",
      );
    }
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
  if (settings === undefined || settings === null) return undefined;
  if (!isObject(settings)) throw configurationError(name, `${source} has no object under this name`, SHAPE);
  const given = withoutNulls(settings);
  const unknown = Object.keys(given).find((key) => !isMember(key));
  if (unknown === undefined) return given;
  throw configurationError(
    name,
    `${source} has "${unknown}" under this name, which no connection has${didYouMean(unknown, MEMBERS)}`,
    `a connection has ${MEMBERS.join(", ")}, and nothing else`,
  );
}

const MEMBERS = [
  "endpoint",
  "username",
  "password",
  "caCertificate",
  "fingerprint256",
  "insecure",
] as const satisfies readonly (keyof ConnectionSettings)[];

const isMember = (key: string): boolean => (MEMBERS as readonly string[]).includes(key);

const withoutNulls = (settings: object): PartialSettings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null && value !== undefined));

/** All that a source has; `name` is of the cluster that it is read for, if it is for one. */
function clustersIn(source: Source, value: unknown, name?: string): Clusters | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (holdsUnknown(value)) throw new ConnectionUnknownError(name);
  const clusters = typeof value === "string" ? parseClusters(source, value, name) : value;
  if (!isObject(clusters)) throw configurationError(name, `${source} is no object`, SHAPE);
  const isConnection = Object.entries(clusters).some(([key, given]) => isMember(key) && !isObject(given ?? {}));
  if (isConnection) throw configurationError(name, `${source} is one connection, and not connections by name`, SHAPE);
  return clusters as Clusters;
}

const SHAPE =
  'give an object of connections by cluster name: {"default": {"endpoint": …, "username": …, "password": …}}';

/** Endpoints are shown without what else an address may hold, such as a password. */
const originOf = (endpoint: string | undefined): string => URL.parse(String(endpoint))?.origin ?? "none";

/** An endpoint in the one spelling that stands for all of its spellings. */
export function meaningOf(endpoint: string | undefined): string | undefined {
  const url = URL.parse(String(endpoint));
  return url === null ? undefined : [url.protocol, canonicalHost(url.hostname), url.port].join();
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A byte order mark that is none in UTF-8; a shell may have dropped the zeros. */
const IN_UTF16 = /^\ufffd\ufffd|\0/;

function parseClusters(source: Source, text: string, name?: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    if (IN_UTF16.test(text)) throw configurationError(name, `${source} is in UTF-16`, "give it in UTF-8");
    // The parser's own message may quote the text, and with it a password.
    throw configurationError(name, `${source} is not valid JSON`, SHAPE);
  }
}

function validated(name: string, settings: PartialSettings): ConnectionSettings {
  const { endpoint, caCertificate, fingerprint256, insecure } = settings;
  const username = credential(name, "username", settings.username);
  const password = credential(name, "password", settings.password);
  for (const [key, value] of Object.entries({ endpoint, username, password })) {
    if (typeof value !== "string" || value === "") throw configurationError(name, `${key} is missing`, SHAPE);
  }
  for (const [key, value] of Object.entries({ username, password })) {
    const complaint = strayComplaint(String(value));
    if (complaint !== undefined) throw configurationError(name, `${key} ${complaint.reason}`, complaint.wayOut);
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
  const authorities = caCertificate === undefined ? undefined : certificatesAlone(name, caCertificate);
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
    caCertificate: authorities,
    fingerprint256,
    insecure,
  };
}

/** JSON and "pulumi config set --path" make a number or a truth value of a text that looks like one. */
function credential(name: string, member: "username" | "password", value: unknown): unknown {
  if (typeof value === "boolean" || Number.isSafeInteger(value)) return String(value);
  if (typeof value !== "number") return value;
  const command = configCommand(name, member, undefined, member === "password" ? "--secret" : "--type string");
  throw configurationError(
    name,
    `${member} is a number, and one that cannot be read as it was written`,
    `store it as text: in quotes, or with ${command}`,
  );
}

/** In one line of a shell. The password is asked for, and seen by nobody. */
const configCommands = (name: string): string =>
  [
    configCommand(name, "endpoint", "https://HOST"),
    configCommand(name, "username", "NAME"),
    configCommand(name, "password", undefined, "--secret"),
  ].join(" && ");

const MOST_NAMES = 12;

function inWords(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `"${name}"`);
  return names.length > MOST_NAMES ? `${shown.join(", ")} and ${names.length - MOST_NAMES} more` : shown.join(", ");
}

/** As OpenSSL reads them: it passes over what it cannot read, such as indented lines, and then trusts nothing. */
function certificatesAlone(name: string, pem: string): string {
  try {
    return readCertificates(pem)
      .map(({ raw }) => writePem("CERTIFICATE", raw))
      .join("");
  } catch (error) {
    if (!isEkmError(error)) throw error;
    throw configurationError(
      name,
      `caCertificate is no certificate in PEM: ${error.message}`,
      (error instanceof CertificateError || error instanceof PemError ? error.ownWayOut : undefined) ??
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
