/**
 * Properties as far as a preview knows them: an unknown one is there and `undefined`. A rule that reads an unknown value
 * itself ends, and the preview complains that it cannot run; one that finds too little says nothing.
 */
export type Known<T> = T extends readonly (infer Element)[]
  ? (Known<Element> | undefined)[]
  : T extends object
    ? { [Name in keyof T]?: Known<T[Name]> }
    : T;

export function known<T>(value: T): Known<T> {
  if (typeof value !== "object" || value === null) return value as Known<T>;
  const members = Object.keys(value).map((name) => [name, read(value as Record<string, unknown>, name)]);
  return (Array.isArray(value) ? members.map(([, member]) => member) : Object.fromEntries(members)) as Known<T>;
}

/** The framework throws for an unknown value, and for nothing else. */
function read(value: Record<string, unknown>, name: string): unknown {
  try {
    return known(value[name]);
  } catch {
    return undefined;
  }
}
