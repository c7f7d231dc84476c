import { meaningOf, originOf } from "../core/endpoint";
import { placeInWords } from "../core/errors";
import type { Closable, ConnectionRuntime, HttpProxy, System } from "../core/system";
import { ConnectionNotConfiguredError } from "./errors";
import { Logins } from "./https/login";
import { ProxyAddressError, proxyFor } from "./https/proxy";
import { configurationError, connectionsIn, type Source, settingsIn, shapeOf } from "./sources";

/** Where connections of a system are configured, in the words of whoever asks for them. */
export interface Sources {
  /** A source for some resources goes before the sources for all. */
  explicit: Source;
  /** Has connections of its own, and freshens declared ones as far as the system allows it. */
  environment: Source;
  stack: Source;
  /** Variables that may name a proxy. */
  variables: NodeJS.ProcessEnv;
  /** The way to configure a connection of this name. */
  howToConfigure(name: string): string;
  /** The way to keep one of its settings as text. */
  howToKeepText(name: string, member: string): string;
}

/** The systems of one kind that a process may talk to, by name; each connects when first used. */
export class Connections<Settings extends { endpoint: string }, Connection> {
  private readonly open = new Map<string, Connection & Closable>();

  constructor(
    private readonly system: System<Settings, Connection>,
    private readonly sources: Sources,
    private readonly runtime: ConnectionRuntime,
    private readonly logins = new Logins(),
  ) {}

  connection(name: string): Connection & Closable {
    const known = this.open.get(name);
    if (known !== undefined) return known;
    const { system, runtime } = this;
    const settings = this.settings(name);
    const proxy = this.proxy(name, settings.endpoint);
    const login = this.logins.of(...system.account(settings));
    const connection = system.open(name, settings, runtime, { proxy, login });
    this.open.set(name, connection);
    return connection;
  }

  /** Names of everything that is configured. */
  names(): string[] {
    const given = this.inOrder().flatMap((source) => Object.entries(connectionsIn(this.system, source) ?? {}));
    return [...new Set(given.filter(([, settings]) => settings !== null).map(([name]) => name))];
  }

  /** Whether the environment gives no secret of a connection: it depends on what is declared. */
  dependsOnDeclared(name: string): boolean {
    const { system, sources } = this;
    try {
      const fresh = Object.keys(settingsIn(system, sources.environment, name) ?? {});
      return !fresh.some((member) => system.settings[member as keyof Settings & string].secret);
    } catch {
      // Faults of the environment itself are told elsewhere.
      return false;
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.open.values()].map((connection) => connection.close()));
  }

  private inOrder(): [explicit: Source, environment: Source, stack: Source] {
    const { explicit, environment, stack } = this.sources;
    return [explicit, environment, stack];
  }

  private settings(name: string): Settings {
    const [explicit, environment, stack] = this.inOrder().map((source) => settingsIn(this.system, source, name));
    const declared = explicit ?? stack;
    if (declared === undefined && environment === undefined) throw this.notConfigured(name);
    if (declared === undefined) return this.validated(name, environment ?? {});
    if (environment?.endpoint !== undefined) this.assertSameEndpoint(name, environment.endpoint, declared.endpoint);
    const fresh = this.system.freshened.members.filter((member) => environment?.[member] !== undefined);
    const freshened = Object.fromEntries(fresh.map((member) => [member, environment?.[member]]));
    return this.validated(name, { ...declared, ...freshened });
  }

  private validated(name: string, given: object): Settings {
    return this.system.validated(given, (reason, wayOut) => configurationError(this.system, name, reason, wayOut), {
      shape: shapeOf(this.system),
      howToKeepText: (member) => this.sources.howToKeepText(name, member),
    });
  }

  private assertSameEndpoint(name: string, freshened: unknown, declared: unknown): void {
    if (meaningOf(freshened) === meaningOf(declared)) return;
    throw configurationError(
      this.system,
      name,
      `${this.sources.environment.label} names the endpoint ${originOf(freshened)}, the configuration ${originOf(declared)}`,
      `the environment may replace ${this.system.freshened.inWords} only: leave the endpoint out there, or make both equal`,
    );
  }

  private notConfigured(name: string): ConnectionNotConfiguredError {
    const names = this.names();
    const others = names.length === 0 ? "none is" : `those that are: ${inWords(names)}`;
    return new ConnectionNotConfiguredError({
      attempt: `looking up the connection to ${placeInWords({ noun: this.system.noun, name })}`,
      reason: `no connection of this name is configured; ${others}`,
      wayOut: `give a name that is, or configure it: ${this.sources.howToConfigure(name)}`,
    });
  }

  private proxy(name: string, endpoint: string): HttpProxy | undefined {
    try {
      return proxyFor(endpoint, this.sources.variables);
    } catch (error) {
      if (!(error instanceof ProxyAddressError)) throw error;
      throw configurationError(
        this.system,
        name,
        error.message,
        `give it as http://HOST:PORT or https://HOST:PORT, or exempt the ${this.system.noun} from it with NO_PROXY`,
      );
    }
  }
}

const MOST_NAMES = 12;

function inWords(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => `"${name}"`);
  return names.length > MOST_NAMES ? `${shown.join(", ")} and ${names.length - MOST_NAMES} more` : shown.join(", ");
}
