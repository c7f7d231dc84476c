/** The engine's stand-in, at any depth of a preview's inputs, for a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export const isUnknown = (value: unknown): boolean => value === UNKNOWN;

/** In a preview, a connection depends on a value that is not known yet. */
export class ConnectionUnknownError extends Error {}

/** Names of the members that are unknown, or hold an unknown value. */
export const unknownIn = (members: object): string[] =>
  Object.entries(members).flatMap(([name, value]) => (holdsUnknown(value) ? [name] : []));

/** Whether a value is unknown, or holds an unknown one at any depth. */
export const holdsUnknown = (value: unknown): boolean =>
  typeof value === "object" && value !== null ? Object.values(value).some(holdsUnknown) : isUnknown(value);
