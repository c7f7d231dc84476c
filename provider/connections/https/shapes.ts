/**
 * Reads a value of an answer as what it is documented to be.
 *
 * @throws ShapeError
 */
export type Shape<T> = (value: unknown, path: string) => T;

/** A value is not what the API documents. */
export class ShapeError extends Error {
  constructor(path: string, value: unknown, expected: string) {
    super(`${path} is ${found(value)}, not ${expected}`);
  }
}

function kind<T>(expected: string, matches: (value: unknown) => boolean): Shape<T> {
  return (value, path) => {
    if (!matches(value)) throw new ShapeError(path, value, expected);
    return value as T;
  };
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const text: Shape<string> = kind("a text", (value) => typeof value === "string");
export const name: Shape<string> = kind(
  "a text that is not empty",
  (value) => typeof value === "string" && value !== "",
);
export const truth: Shape<boolean> = kind("true or false", (value) => typeof value === "boolean");
export const integer: Shape<number> = kind("a whole number", Number.isSafeInteger);
export const time: Shape<string> = kind(
  "a time",
  (value) => typeof value === "string" && !Number.isNaN(Date.parse(value)),
);
export const version: Shape<string> = kind(
  'a version such as "12.3"',
  (value) => typeof value === "string" && /^\d+\.\d+/.test(value),
);
export const record: Shape<Record<string, unknown>> = kind("an object", isObject);

/** A member that is as good as `usual` when it is left out or `null`. */
export const orElse =
  <T, U>(shape: Shape<T>, usual: U): Shape<T | U> =>
  (value, path) =>
    value === undefined || value === null ? usual : shape(value, path);

/** A member that may be left out. */
export const optional = <T>(shape: Shape<T>): Shape<T | undefined> => orElse(shape, undefined);

/** One of the texts, in any letter case; given in ours. */
export const oneOf =
  <T extends string>(...values: T[]): Shape<T> =>
  (value, path) => {
    const match = values.find((other) => typeof value === "string" && other.toLowerCase() === value.toLowerCase());
    if (match === undefined) throw new ShapeError(path, value, values.map((other) => `"${other}"`).join(" or "));
    return match;
  };

const list: Shape<unknown[]> = kind("a list", Array.isArray);

export const listOf =
  <T>(shape: Shape<T>): Shape<T[]> =>
  (value, path) =>
    list(value, path).map((element, index) => shape(element, `${path}[${index}]`));

/** Members that are not named, those that nobody knows among them, decide nothing: they stay as they are. */
export const object =
  <T extends object>(members: { [K in keyof Required<T>]?: Shape<T[K]> }): Shape<T> =>
  (value, path) => {
    const given = record(value, path);
    const shapes = Object.entries(members as Record<string, Shape<unknown>>);
    const read = shapes.map(([key, shape]) => [key, shape(given[key], `${path}.${key}`)]);
    return { ...given, ...Object.fromEntries(read) } as T;
  };

const LONGEST_QUOTE = 60;

/** The value as a complaint names it: a text that is one of a few is worth quoting, if it is short. */
function found(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string")
    return value.length > LONGEST_QUOTE ? "a long text" : `the text ${JSON.stringify(value)}`;
  return typeof value === "object" ? "an object" : String(value);
}
