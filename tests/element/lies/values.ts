/** A member of a result: its JSON pointer, and what it is. */
export interface Member {
  pointer: string;
  value: unknown;
}

/** Every member of a value at any depth, the value itself first; of a list the first element. */
export function membersOf(value: unknown, pointer = ""): Member[] {
  if (typeof value !== "object" || value === null) return [{ pointer, value }];
  const entries = Object.entries(value).slice(0, Array.isArray(value) ? 1 : undefined);
  return [{ pointer, value }, ...entries.flatMap(([key, inner]) => membersOf(inner, `${pointer}/${key}`))];
}

const OF_EACH_TYPE = [null, true, 1.5, "", [], {}];

/** What a value of its type is not: one of every other type of JSON. */
export const wrongValuesFor = (value: unknown): unknown[] =>
  OF_EACH_TYPE.filter((other) => typeOf(other) !== typeOf(value));

const typeOf = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "list" : typeof value);

/** A pointer as complaints write it: `result.kmipKeyServers[0].keyServerID`. */
export const pathOf = (pointer: string): string =>
  `result${pointer.replaceAll(/\/(\d+)/g, "[$1]").replaceAll("/", ".")}`;
