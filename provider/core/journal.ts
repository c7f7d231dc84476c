/** A change to a key or a key pair that a run has begun, and that may be unrecorded because the run was cut off. */
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
 * This machine's note of the latest create, update or delete of one resource. No engine says whether it has saved the
 * result: a state that has saved it shows the receipt, and is compared with this note.
 */
export interface Entry {
  /** The receipt in state once the result is saved; `null` where state has no resource any more. */
  receipt: string | null;
  /** The receipt in state before; `null` where there was no resource. */
  before: string | null;
  /** The call may have changed something on the system. */
  wrote: boolean;
  /** Attempts of this run, and of earlier ones whose results never arrived either. */
  attempts: readonly Attempt[];
  /** The engine has saved the result: state shows it, or another resource names the object that was made. */
  delivered?: true;
}

/** An object that a run was about to make when it was cut off, as far as this machine knows. */
export interface Leftover {
  /** Identity of the resource that it was made for. */
  identity: string;
  kind: string;
  name: string;
}

/** How far a call has come: it is about to write, to make an attempt, or to give its result. */
export type Stage = "begun" | "attempted" | "given";

/** Entries by the identities of system and resource. */
export interface Journal {
  find(system: string, identity: string): Entry | undefined;
  /** @param object that a create has made: what others name it by, once the engine tells them of it */
  write(system: string, identity: string, entry: Entry, stage: Stage, object?: string): void;
  /** Notes that a call names these objects: an engine names no object before it has saved it. */
  deliver(objects: readonly string[]): void;
  /** Objects of creates whose results may never have arrived, of resources whose identities begin with `stack`. */
  leftovers(system: string, stack: string): Leftover[];
}

/**
 * Notes that there is no object of a leftover any more. State may have it all the same, where a run knew of a part of the
 * program alone: to the next run that has it, it is one that a delete has removed.
 */
export function noteGone(journal: Journal, system: string, { identity }: Pick<Leftover, "identity">): void {
  const before = journal.find(system, identity)?.receipt ?? null;
  journal.write(system, identity, { receipt: null, before, wrote: true, attempts: [] }, "given");
}

/** For comparisons alone: they change nothing, and so need no journal. */
export const NO_JOURNAL: Journal = { find: () => undefined, write() {}, deliver() {}, leftovers: () => [] };
