/** A kind of values that a field takes. */
export interface Kind<T> {
  expected: string;
  /** `undefined` when the value does not fit. */
  accept(value: unknown): T | undefined;
}

export type Fields<R> = { [Name in keyof R]-?: Kind<NonNullable<R[Name]>> };

export const text: Kind<string> = {
  expected: "string",
  accept: (value) => (typeof value === "string" ? value : undefined),
};

export const truth: Kind<boolean> = {
  expected: "bool",
  accept: (value) => (typeof value === "boolean" ? value : undefined),
};

export const integer: Kind<number> = {
  expected: "int",
  accept: (value) => (Number.isInteger(value) ? (value as number) : undefined),
};

export const texts: Kind<string[]> = {
  expected: "[]string",
  accept: (value) => (Array.isArray(value) && value.every((each) => typeof each === "string") ? value : undefined),
};
