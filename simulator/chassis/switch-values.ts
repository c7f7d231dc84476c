/** The values that a switch takes. */
export interface Values {
  /** The values in words, for a complaint. */
  expected: string;
  includes(value: unknown): boolean;
}

/** Every switch of a system. */
export type SwitchValues<Switches> = Record<keyof Switches, Values>;

export const boolean: Values = { expected: "true or false", includes: (value) => typeof value === "boolean" };

export const amount: Values = {
  expected: "a number that is not negative",
  includes: (value) => typeof value === "number" && Number.isFinite(value) && value >= 0,
};

export function oneOf<T extends string>(...texts: T[]): Values {
  return { expected: texts.map(quoted).join(" or "), includes: (value) => texts.some((text) => text === value) };
}

/**
 * Refuses a switch or a value that does not exist, so that no misspelt one is silently without effect.
 *
 * @throws RangeError naming the switches that there are, or the values that the switch takes
 */
export function checkSwitches<Switches>(
  allowed: SwitchValues<Switches>,
  given: Record<string, unknown>,
): Partial<Switches> {
  const names: string[] = Object.keys(allowed);
  for (const [name, value] of Object.entries(given)) {
    if (!names.includes(name)) throw new RangeError(`there is no switch named ${name}; there are ${names.join(", ")}`);
    const { expected, includes } = allowed[name as keyof Switches];
    if (!includes(value)) throw new RangeError(`switch ${name} takes ${expected}, not ${JSON.stringify(value)}`);
  }
  return given as Partial<Switches>;
}

export function quoted(text: string): string {
  return JSON.stringify(text);
}
