import { createHash } from "node:crypto";

/**
 * The name that marks an object as one resource's own: derived, not random, so that after a lost answer, with nothing
 * in state, the same resource finds what it made.
 */
export const markOf = (identity: string, name: string): string =>
  `${name}-${createHash("sha256").update(identity).digest("hex").slice(0, 7)}`;

const MARK = /^(.+)-[0-9a-f]{7}$/;

/** The resource's name in a mark; `undefined` where the text is no mark. */
export const nameInMark = (mark: string): string | undefined => MARK.exec(mark)?.[1];
