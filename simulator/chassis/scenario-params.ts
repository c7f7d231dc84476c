/** What scripts give to a scenario. */
export type Params = Record<string, unknown>;

export function textOf(params: Params, name: string): string {
  const text = optionalText(params, name);
  if (text === undefined) throw new RangeError(`${name} is missing`);
  return text;
}

export function optionalText(params: Params, name: string): string | undefined {
  const value = params[name];
  if (value === undefined || typeof value === "string") return value;
  throw new RangeError(`${name} is a text`);
}

export function known<T>(found: T | undefined, what: string, wanted: string): T {
  if (found === undefined) throw new RangeError(`there is no ${what} ${wanted}`);
  return found;
}
