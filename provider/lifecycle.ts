import type { Clock } from "./clock";
import type { Cluster } from "./element/api/cluster";
import { type EkmError, inFull } from "./errors";
import type { History } from "./journal/history";
import type { Journal, Leftover } from "./journal/journal";

/** What a resource's class adds to the arguments of its user. Never a reason for a change. */
export interface HiddenInputs {
  /** The resource's own URN: its row in the display, and what its mark is derived from. */
  resourceUrn: string;
  /** The user's `customTimeouts`, in seconds: the engine stores them but passes them to no dynamic provider. */
  deadlines?: Deadlines;
  /**
   * Set by read when what it found is not what was declared, until an update: a difference that the program did not
   * bring about is refused where it is mended, not at plan time.
   */
  drifted?: true;
  /** Of a resource in a component whose master key may be taken from any holder. */
  takesOver?: boolean;
}

/** The mark of inputs and outputs that read gives, once one of them differs from what was declared. */
export const driftMark = (before: HiddenInputs, differs: boolean): Pick<HiddenInputs, "drifted"> =>
  before.drifted || differs ? { drifted: true } : {};

/** Inputs that check sets to what there must be, and read to what there is, so that a preview names them. */
export type ExpectedInput = "tested" | "complete" | "fault" | "rotationDue" | "renewalDue";

export interface Deadlines {
  create?: number;
  update?: number;
  delete?: number;
}

/** Everything a lifecycle may touch besides its own inputs and state. */
export interface Context {
  /** The resource this call is about. */
  urn: string;
  /** The connection that a cluster's name stands for. Lazy: the first method called on it connects. */
  cluster(name: string): Cluster;
  clock: Clock;
  log: Log;
  /** Aborted when the provider process is told to end. */
  signal: AbortSignal;
  /**
   * Runs a look and the write that follows from it while no other one does so for `subject`: neither in this process nor
   * in another run of this user on this machine.
   */
  exclusively<T>(subject: string, work: () => Promise<T>): Promise<T>;
  /** What the program of this run declares: second declarations and hand-overs are decided by it. */
  declarations: Declarations;
  /** The clusters whose fate is told when the run ends. */
  fleet: Fleet;
  /** What runs of this machine have begun. */
  journal: Journal;
  /** What the journal tells of this call's resource. */
  history: History;
  /** What runs that were cut off were about to make, and what this one has not declared so far. */
  leftovers(system: string): Leftover[];
}

/** Lines on the resource's own row. */
export interface Log {
  /** What this run will do: kept in a preview. Where it is done, it gives way to what was done. */
  announce(message: string): void;
  /** The state of a long step, replaced by the next one. */
  progress(message: string): void;
  info(message: string): void;
  warn(message: string): void;
}

/** Clusters that a program declares the same for. */
export interface Fleet {
  /** @param resources how many are declared on each cluster, by the name of its connection */
  expect(urn: string, resources: Readonly<Record<string, number>>): void;
}

/** Objects that exist once, and who declares them in this run. */
export interface Declarations {
  /** Declares `key` for `urn`; answers the URN that declared it before, when that is another one. */
  declare(key: string, urn: string): string | undefined;
  /** `urn` itself declares `key` in this run: a delete of it is half of a replacement. */
  isDeclared(key: string, urn: string): boolean;
  /** The URN, other than `urn`, that declares `key` in this run. */
  heir(key: string, urn: string): string | undefined;
}

/** What is wrong with one input. */
export interface CheckFailure {
  /** Path such as `hostnames[1]`; empty for a value that must not be printed. */
  property: string;
  reason: string;
}

/** A refusal with the code, and in the words, of the error that the call itself would fail with. */
export const refusal = (property: string, error: EkmError): CheckFailure => ({ property, reason: inFull(error) });

export interface CheckResult<Inputs> {
  inputs: Inputs;
  failures: CheckFailure[];
}

export interface DiffResult {
  changes: boolean;
  /** Inputs that cannot change in place. */
  replaces?: string[];
}

export interface CreateResult<Outputs> {
  id: string;
  outputs: Outputs;
}

export interface ReadResult<Inputs, Outputs> {
  id: string;
  /** The inputs that would describe what was found, so that a preview names what differs. */
  inputs: Inputs;
  outputs: Outputs;
}

/**
 * The behaviour of one resource type, free of how any engine calls it.
 *
 * `Inputs` are what check leaves of the user's arguments, `Outputs` what state holds. In `check` and `diff` any input
 * may be one that the engine does not know yet.
 */
export interface Lifecycle<Inputs extends object, Outputs extends object> {
  /** Refuses bad input and what would lose keys; fills in defaults and names. `olds` is empty for a new resource. */
  check(olds: Partial<Inputs>, news: Inputs, context: Context): Promise<CheckResult<Inputs>>;
  /** Compares meaning, not spelling. Does no I/O. */
  diff(id: string, olds: Outputs, news: Inputs, context: Context): Promise<DiffResult>;
  create(inputs: Inputs, context: Context): Promise<CreateResult<Outputs>>;
  /** `undefined` when the right cluster says that the object is not there; everything else that is no answer throws. */
  read(id: string, state: Outputs, context: Context): Promise<ReadResult<Inputs, Outputs> | undefined>;
  update(id: string, olds: Outputs, news: Inputs, context: Context): Promise<Outputs>;
  delete(id: string, state: Outputs, context: Context): Promise<void>;
}
