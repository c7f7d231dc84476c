import type { Clock } from "./clock";
import { type EkmError, inFull, isEkmError, type Place } from "./errors";
import type { History } from "./history";
import type { Journal, Leftover } from "./journal";
import type { Line, Plan } from "./plan";
import type { System, SystemConnection } from "./system";
import type { Words } from "./words";

/** The mark of inputs and outputs that read gives, once one of them differs from what was declared. */
export const driftMark = (before: { drifted?: true }, differs: boolean): { drifted?: true } =>
  before.drifted || differs ? { drifted: true } : {};

/** Keeps the user's own spelling where it means the observed value: a plan must not show a difference of spelling. */
export const spelledAs = <T>(given: T | undefined, observed: T, same: (a: T, b: T) => boolean): T =>
  given !== undefined && same(given, observed) ? given : observed;

/** Whether a run has recorded this state. That of an import lacks `witness`, which every recorded state has. */
export const isRecorded = <Outputs extends object>(state: Partial<Outputs>, witness: keyof Outputs): state is Outputs =>
  state[witness] !== undefined;

/** A resource, as whoever calls its lifecycle knows it. */
export interface Self {
  /** Tells it from every other resource. Only the way in that gives it may read more from it. */
  identity: string;
  /** Its name in the program. */
  name: string;
  /** The name that its own object bears. */
  mark: string;
  /** Tells the stack that it is in from every other one. */
  stack: string;
  /** Whether it is a part of a component of this token. */
  isWithin(component: string): boolean;
  /** Whether an object's name is the mark of any resource of this kind that the same stack has. */
  isMarkOfStack(name: string, token: string): boolean;
}

/** What a comparison may touch besides inputs and state. */
export interface Comparing {
  /** The resource this call is about. */
  self: Self;
  /** The connection to a system that a name stands for. Lazy: the first method called on it connects. */
  connection<Settings extends { endpoint: string }, Connection extends SystemConnection>(
    system: System<Settings, Connection>,
    name: string,
  ): Connection;
  clock: Pick<Clock, "now">;
  /** The declarations of this run's program, by which second declarations and hand-overs are noticed. */
  declarations: Declarations;
  /** Another resource in words, by its identity. */
  inWords(identity: string): string;
  /** The journal's notes about this call's resource. */
  history: Pick<History, "of">;
  /** Objects that runs were about to make when they were cut off, and that this run has not declared so far. */
  leftovers(system: string): Leftover[];
  /** Whether the value of an argument must not be shown. */
  isSecret(argument: string): boolean;
}

/** What a check or a read may touch. It waits for nothing, holds no lock, writes nothing, and returns its lines. */
export interface Looking extends Comparing {
  /** The systems on which the run reports at its end. */
  fleet: Fleet;
}

/** Everything a lifecycle may touch besides its own inputs and state. */
export interface Context extends Looking {
  clock: Clock;
  log: Log;
  /** Aborted when the provider process is told to end. */
  signal: AbortSignal;
  /** The time that the user gives this call, in seconds; absent where nothing is said of it. */
  deadlineSeconds?: number;
  /**
   * Runs a look and the write that follows from it while no other one does so for `subject`: neither in this process nor
   * in another run of this user on this machine.
   */
  exclusively<T>(subject: string, work: () => Promise<T>): Promise<T>;
  /** The notes of runs on this machine. */
  journal: Journal;
  history: History;
}

/** Lines on the resource's own row, about the work that is being done. */
export interface Log {
  /** The state of a long step, replaced by the next one. */
  progress(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

/** Systems that a program declares the same for. */
export interface Fleet {
  expect(identity: string, members: readonly FleetMember[]): void;
}

export interface FleetMember {
  place: Place;
  /** How many are declared on it. */
  resources: number;
}

/** Objects that exist once, and who declares them in this run. */
export interface Declarations {
  /** Declares `key` for a resource; answers the identity of the one that declared it before, when that is another one. */
  declare(key: string, identity: string): string | undefined;
  /** The resource itself declares `key` in this run: a delete of it is half of a replacement. */
  isDeclared(key: string, identity: string): boolean;
  /** The identity of another resource that declares `key` in this run. */
  heir(key: string, identity: string): string | undefined;
}

/** What is wrong with one input. */
export interface CheckFailure {
  /** Path such as `hostnames[1]`; empty for a value that must not be printed. */
  property: string;
  reason: string | EkmError;
}

/** A refusal with the error by which the call itself would fail. */
export const refusal = (property: string, error: EkmError): CheckFailure => ({ property, reason: error });

/** The reason of a refusal, as it is shown. */
export const reasonOf = ({ reason }: CheckFailure, words: Words): string =>
  isEkmError(reason) ? inFull(reason, words) : reason;

/** The failures that a check has found, and its lines. */
export interface Findings {
  failures: CheckFailure[];
  lines: Line[];
}

export interface CheckResult<Inputs> extends Findings {
  inputs: Inputs;
}

export interface CreateResult<Outputs> {
  id: string;
  outputs: Outputs;
}

export interface ReadResult<Inputs, Outputs> {
  id: string;
  /** The inputs that would describe the object as it was found, so that a preview names the differences. */
  inputs: Inputs;
  outputs: Outputs;
  /** Lines about the look, which no state keeps. */
  lines?: Line[];
}

/**
 * The behaviour of one resource type, free of how any engine calls it.
 *
 * `Inputs` are what check leaves of the user's arguments, `Outputs` what state holds. In `check` and `diff` any input
 * may be one that the engine does not know yet.
 */
export interface Lifecycle<Inputs extends object, Outputs extends object> {
  /** Refuses bad input and what would lose keys; fills in defaults and names. `olds` is empty for a new resource. */
  check(olds: Partial<Inputs>, news: Inputs, context: Looking): Promise<CheckResult<Inputs>>;
  /** Compares meaning, not spelling. Does no I/O. */
  diff(id: string, olds: Outputs, news: Inputs, context: Comparing): Promise<Plan>;
  create(inputs: Inputs, context: Context): Promise<CreateResult<Outputs>>;
  /**
   * `undefined` when the right system says that the object is not there; everything else that is no answer throws. Of what an
   * engine imports, state has the connection at most: what else a run would have recorded follows from what is there.
   *
   * @throws NotImportableError of what exists in state alone
   */
  read(id: string, state: Partial<Outputs>, context: Looking): Promise<ReadResult<Inputs, Outputs> | undefined>;
  update(id: string, olds: Outputs, news: Inputs, context: Context): Promise<Outputs>;
  delete(id: string, state: Outputs, context: Context): Promise<void>;
  /** A delete waits for others to let go, for the time that was given last. */
  readonly deleteWaits?: true;
}

/** A lifecycle as an engine sees it, whose protocol has no types of its own. */
export type AnyLifecycle = Lifecycle<Record<string, unknown>, Record<string, unknown>>;
