/** What a run has begun about a key, or a key pair, and what its death may have left unrecorded. */
export interface Attempt {
  /** Who was to hold the key: the id of a key provider, or `internal`; of a key pair, `pair`. */
  to: string;
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
}

/** Entries by the identity of the system and the resource's URN. */
export interface Journal {
  find(system: string, urn: string): Entry | undefined;
  /** @param mustLast whether it has to outlive a machine that loses power */
  write(system: string, urn: string, entry: Entry, mustLast: boolean): void;
}

/** For comparisons alone, which act on nothing that a journal could tell of. */
export const NO_JOURNAL: Journal = { find: () => undefined, write() {} };
