import { isObject } from "../../chassis/json-object";
import { ApiError } from "../cluster/errors";

interface Kind<T> {
  /** As the API's own messages name it. */
  expected: string;
  /** `undefined` when the value does not fit. */
  accept(value: unknown): T | undefined;
}

export interface Parameter<T> {
  kind: Kind<T>;
  required: boolean;
}

/** Every parameter that a method knows. */
export type ParameterSchema<P> = { [Name in keyof P]-?: Parameter<NonNullable<P[Name]>> };

export function required<T>(kind: Kind<T>): Parameter<T> {
  return { kind, required: true };
}

export function optional<T>(kind: Kind<T>): Parameter<T> {
  return { kind, required: false };
}

export const text: Kind<string> = {
  expected: "string",
  accept: (value) => (typeof value === "string" ? value : undefined),
};

export const boolean: Kind<boolean> = {
  expected: "bool",
  accept: (value) => (typeof value === "boolean" ? value : undefined),
};

/** The API takes integers as strings, too; the vendor's guide sends them so. */
export const integer: Kind<number> = {
  expected: "int64",
  accept: (value) => {
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
  },
};

export function listOf<T>(item: Kind<T>): Kind<T[]> {
  return {
    expected: "array",
    accept: (value) => {
      if (!Array.isArray(value)) return undefined;
      const items = value.map((entry) => item.accept(entry));
      return items.includes(undefined) ? undefined : (items as T[]);
    },
  };
}

export function objectOf<P extends object>(schema: ParameterSchema<P>): Kind<P> {
  return {
    expected: "object",
    accept: (value) => (isObject(value) ? readParameters(schema, value).params : undefined),
  };
}

/** One of the texts, in any letter case; reported as it is spelt here. */
export function oneOf<T extends string>(...values: T[]): Kind<T> {
  return {
    expected: `enum (${values.join(", ")})`,
    accept: (value) => {
      if (typeof value !== "string") return undefined;
      const found = values.find((candidate) => candidate.toLowerCase() === value.toLowerCase());
      if (found === undefined) throw new ApiError("unrecognizedEnum", `Unrecognized enum string: ${value}`);
      return found;
    },
  };
}

/** Reads the parameters in `given` that a method knows. The others are ignored, and named in `unused`. */
export function readParameters<P>(schema: ParameterSchema<P>, given: Record<string, unknown>) {
  const params: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(schema) as [string, Parameter<unknown>][]) {
    if (!Object.hasOwn(given, name)) {
      if (parameter.required) throw new ApiError("missingParameter", `Missing member=[${name}]`);
      continue;
    }
    const value = parameter.kind.accept(given[name]);
    if (value === undefined) {
      throw new ApiError(
        "invalidParameterType",
        `${name}: Invalid type: expected ${parameter.kind.expected} but found ${JSON.stringify(given[name])}`,
      );
    }
    params[name] = value;
  }
  const unused = Object.fromEntries(Object.entries(given).filter(([name]) => !Object.hasOwn(schema, name)));
  return { params: params as P, unused };
}
