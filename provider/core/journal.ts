/** What a run has begun about a key, or a key pair, and what its death may have left unrecorded. */
export interface Attempt {
  /** Who was to hold the key: the id of a key provider, or `internal`; otherwise the kind of object that was to be made. */
  to: string;
  /** Of an object that bears its resource's mark. */
  name?: string;
  /** The key, or the public key's fingerprint, that was in force before. */
  before?: string;
  /** The values that asked for it, sealed: they may be secret. */
  wish?: string;
}

/**
 * What this machine knows of the latest create, update or delete of one resource. Nobody learns whether the engine has
 * saved its result: state, which then shows the receipt, is compared instead.
 */
export interface Entry {
  /** What state shows once the result is saved; `null` where that is no resource any more. */
  receipt: string | null;
  /** What state showed before; `null` where there was no resource. */
  before: string | null;
  /** Something on the system may have changed. */
  wrote: boolean;
  /** Of this run, and of those before it whose results never arrived either. */
  attempts: readonly Attempt[];
  /** The engine has saved the result: state shows it, or another resource names what was made. */
  delivered?: true;
}

/** An object that a run was about to make when it was cut off, as far as this machine knows. */
export interface Leftover {
  /** Of the resource that it was to be of. */
  identity: string;
  kind: string;
  name: string;
}

/** How far a call has come: it is about to write, to do what an attempt says, or to give its result. */
export type Stage = "begun" | "attempted" | "given";

/** Entries by the identities of system and resource. */
export interface Journal {
  find(system: string, identity: string): Entry | undefined;
  /** @param object that a create has made: what others name it by, once the engine tells them of it */
  write(system: string, identity: string, entry: Entry, stage: Stage, object?: string): void;
  /** To be told which objects a call names: the engine tells of no object before it has saved it. */
  deliver(objects: readonly string[]): void;
  /** What creates have made whose results may never have arrived, of the resources whose identities begin with `stack`. */
  leftovers(system: string, stack: string): Leftover[];
}

/** For comparisons alone, which act on nothing that a journal could tell of. */
export const NO_JOURNAL: Journal = { find: () => undefined, write() {}, deliver() {}, leftovers: () => [] };
