import { meaningOf } from "./endpoint";
import { isEkmError, type Place } from "./errors";
import { type CheckFailure, type Comparing, refusal } from "./lifecycle";
import { DeclaredTwiceError, type ReplacementRefusedError } from "./object-errors";
import { isNew } from "./ownership";
import { recordedIdentity, type System, type SystemConnection, systemName } from "./system";
import { ConnectionUnknownError, isUnknown } from "./unknown";

/**
 * An object of which a system has one, such as its master key: a program declares it once. One system may be configured
 * under several names and addresses, and each of them stands for it.
 */
export class Singleton<Settings extends { endpoint: string }, Connection extends SystemConnection> {
  /** @param kind such as `master key` */
  constructor(
    private readonly system: System<Settings, Connection>,
    private readonly kind: string,
  ) {}

  /** Declares it in this run, by all that is known without a look; answers the identity of the resource that did so before. */
  declaredBefore(news: object, context: Comparing): string | undefined {
    const name = systemName(this.system, news);
    if (isUnknown(name) || typeof name !== "string") return undefined;
    const endpoint = this.endpointOf(name, context);
    const keys = [this.byName(name), ...(endpoint === undefined ? [] : [this.byEndpoint(endpoint)])];
    return keys
      .map((key) => context.declarations.declare(key, context.self.identity))
      .find((other) => other !== undefined);
  }

  /** Refuses a second declaration in one program. */
  checkDeclaredOnce(news: object, context: Comparing): CheckFailure[] {
    const other = this.declaredBefore(news, context);
    if (other === undefined) return [];
    const { noun } = this.system;
    const reason = `a ${noun} has one ${this.kind}, and ${context.inWords(other)} already declares it: remove one`;
    return [{ property: noun, reason }];
  }

  /** Of what is in state, the system is known: whoever declares the same under another name is to meet it. */
  recognise(olds: object, news: object, { declarations, self }: Comparing): void {
    // A refresh compares what no program declares.
    if (declarations.isDeclared(this.byName(systemName(this.system, news)), self.identity)) {
      declarations.declare(this.byIdentity(olds), self.identity);
    }
  }

  /**
   * Refuses a second declaration whose connection has another name and address, before anything is written.
   *
   * @throws DeclaredTwiceError
   */
  assertDeclaredOnce(place: Place, recorded: object, context: Comparing): void {
    const other = context.declarations.declare(this.byIdentity(recorded), context.self.identity);
    if (other === undefined) return;
    const { noun, identity } = this.system;
    throw new DeclaredTwiceError({
      attempt: `declaring the ${this.kind}`,
      place,
      reason: `this is the ${noun} with ${identity.inWords} ${recordedIdentity(this.system, recorded)}, whose ${this.kind} ${context.inWords(other)} declares through a connection of another name`,
      wayOut: `remove one of the two, and use one name for one ${noun}`,
    });
  }

  /** The object of a deleted resource now belongs to another resource of the same program: only its names changed. */
  isHandedOver(state: object, { declarations, self }: Comparing): boolean {
    const keys = [this.byName(systemName(this.system, state)), this.byIdentity(state)];
    return keys.some((key) => declarations.heir(key, self.identity) !== undefined);
  }

  /** The deleted resource is itself still declared: the delete is half of a replacement. */
  isReplaced(state: object, { declarations, self }: Comparing): boolean {
    return declarations.isDeclared(this.byName(systemName(this.system, state)), self.identity);
  }

  private byName(name: unknown): string {
    return `${this.kind}:${name}`;
  }

  private byEndpoint(endpoint: string): string {
    return `${this.kind} at ${meaningOf(endpoint)}`;
  }

  private byIdentity(recorded: object): string {
    return `${this.kind} of ${recordedIdentity(this.system, recorded)}`;
  }

  /** As it is configured. Whether the name can be one, and is configured, is checked with the argument itself. */
  private endpointOf(name: string, context: Comparing): string | undefined {
    try {
      return context.connection(this.system, name).settings.endpoint;
    } catch (error) {
      if (error instanceof ConnectionUnknownError || isEkmError(error)) return undefined;
      throw error;
    }
  }
}

/**
 * Refuses a replacement at plan time. The engine checks what it is going to replace a second time, as if it were new; the
 * delete, which it plans without asking, is refused as well.
 */
export function checkNotReplaced(
  olds: object,
  { declarations, self }: Comparing,
  refused: () => ReplacementRefusedError,
): CheckFailure[] {
  const { identity } = self;
  const inState = `${identity} is in state`;
  if (!isNew(olds)) declarations.declare(inState, identity);
  return isNew(olds) && declarations.isDeclared(inState, identity) ? [refusal("", refused())] : [];
}
