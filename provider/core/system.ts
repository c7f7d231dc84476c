import type { Clock, Timer } from "./clock";
import { type Explanation, type Place, placeInWords } from "./errors";
import { isUnknown } from "./unknown";

/**
 * What repeating a call does: nothing (`read`), the same as once (`idempotent`), or a second object, key or job
 * (`create`).
 */
export type Effect = "read" | "idempotent" | "create";

/** One call of a system's API. */
export interface ApiCall {
  effect: Effect;
  /** First version of the API with this call. */
  since: string;
  /** Who may call it, beside those who may do everything. */
  access?: readonly string[];
}

/** One setting of a connection. */
export interface Setting {
  /** There is no connection without it. */
  required?: true;
  /** Nobody is shown it. */
  secret?: true;
  /** What stands for it in a command, where that is not asked for. */
  placeholder?: string;
}

/** What the environment, though it names no other system, may replace in a connection that is configured elsewhere. */
export interface Freshened<Settings> {
  members: readonly (keyof Settings & string)[];
  inWords: string;
}

/** What a connection needs from the process that uses it. */
export interface ConnectionRuntime {
  clock: Clock & Timer;
  signal: AbortSignal;
  /** Throws when whoever started this run is gone. `attempt` is what is about to be done, and where. */
  assertHostAlive(attempt: Pick<Explanation, "attempt" | "place">): Promise<void>;
}

/** An HTTP proxy through which a system is reached. */
export interface HttpProxy {
  /** Without user name and password. */
  origin: string;
  /** Value of `Proxy-Authorization`: nobody is shown it. */
  authorization?: string;
  /** The variable of the environment that names it. */
  variable: string;
}

/** One account, however many connections lead to it. */
export interface LoginGate {
  /** Lets calls out as far as the login is proven, or not yet refused. */
  attempt<T>(call: () => Promise<T>): Promise<T>;
  /** What all connections of the account have in common, such as a token: made by the first that asks. */
  shared<T extends object>(make: () => T): T;
}

/** What a connection shares with others, and what stands in its way. */
export interface Surroundings {
  proxy?: HttpProxy;
  login?: LoginGate;
}

/** Says why the settings of a connection cannot be used, and what to do about it. */
export type Complain = (reason: string, wayOut: string) => Error;

/** How settings are given, in the words of whoever takes them. */
export interface SettingWords {
  /** What connections by name look like. */
  shape: string;
  /** The way to keep a setting as text. */
  howToKeepText(member: string): string;
}

export interface Closable {
  close(): Promise<void>;
}

/** What a connection to a system of any kind has. */
export interface SystemConnection {
  /** Where a failure of it is. */
  readonly place: Place;
  readonly settings: { readonly endpoint: string; readonly insecure?: boolean };
  /** Calls a method of the system's API. */
  call(method: never, params: never): Promise<unknown>;
}

/** A kind of system that resources are on, as far as connections go: how it is named, configured, reached and told apart. */
export interface System<Settings extends { endpoint: string }, Connection> {
  /** What one of them is called: the argument by which resources name it, and the word in messages. */
  readonly noun: string;
  /** Where a source keeps its connections by name, such as `clusters`. */
  readonly configurationKey: string;
  readonly environmentVariable: string;
  /** In the order in which messages name them. */
  readonly settings: Readonly<Record<keyof Settings & string, Setting>>;
  readonly freshened: Freshened<Settings>;
  /**
   * Settings in the only form in which they are used.
   *
   * @throws the error that `complain` makes of settings that cannot be used
   */
  validated(given: Partial<Settings>, complain: Complain, words: SettingWords): Settings;
  /** What tells one account from every other one, its secrets among it. */
  account(settings: Settings): string[];
  /** Connects when first called. */
  open(name: string, settings: Settings, runtime: ConnectionRuntime, surroundings: Surroundings): Connection & Closable;
  readonly identity: SystemIdentity<Connection>;
  readonly calls: Readonly<Record<string, ApiCall>>;
}

/** What tells one system from every other one, whatever its address: resources record it, and compare it before any write. */
export interface SystemIdentity<Connection> {
  /** In the system's own word, such as `uniqueID`. */
  inWords: string;
  /** The property of a resource that records it. */
  recordedAs: string;
  of(connection: Connection): Promise<string>;
}

/** A system of whatever kind. */
export type AnySystem = System<{ endpoint: string }, SystemConnection>;

/** A system as resources name and record it. */
export interface NamedSystem {
  readonly noun: string;
  readonly identity: { readonly recordedAs: string };
}

/** The name of the connection that a resource's properties give. */
export const systemName = ({ noun }: NamedSystem, properties: object): unknown => Object(properties)[noun];

/** The identity that a resource's properties have recorded. */
export const recordedIdentity = ({ identity }: NamedSystem, properties: object): unknown =>
  Object(properties)[identity.recordedAs];

/** A system in words, as far as it is known: some engines show a line without its resource. */
export const systemInWords = (noun: string, name: unknown): string =>
  isUnknown(name)
    ? `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun} that is not known yet`
    : placeInWords({ noun, name: String(name) });

/** Where a resource is, in front of what is said of it; nothing for what is on no system. */
export function whereabouts(system: NamedSystem | undefined, properties: object): string {
  const name = system && systemName(system, properties);
  return system !== undefined && typeof name === "string" ? `${systemInWords(system.noun, name)}: ` : "";
}
