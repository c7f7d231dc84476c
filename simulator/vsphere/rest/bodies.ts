import { isObject } from "../../chassis/json-object";
import { type Fields, integer, type Kind, text } from "../../chassis/kinds";
import { invalidArgument, VCenterError } from "../vcenter/errors";

/**
 * An object with these fields and no others. `null` is the same as nothing.
 *
 * @throws VCenterError naming the field that is missing, unknown, or of another kind
 */
export function readStructure<R, Required extends keyof R = never>(
  given: unknown,
  fields: Fields<R>,
  required: readonly Required[] = [],
  at = "",
): Partial<R> & { [Name in Required]: NonNullable<R[Name]> } {
  if (!isObject(given)) throw invalidArgument(at, `${at || "The body"} must be an object.`);
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    const [path, kind] = [`${at && `${at}.`}${name}`, Object.hasOwn(fields, name) && fields[name as keyof R]];
    if (!kind) throw new VCenterError("unexpectedInput", `There is no field ${path}.`, path);
    if (value === null) continue;
    read[name] = isStructure(kind) ? kind.read(value, path) : kind.accept(value);
    if (read[name] === undefined) throw invalidArgument(path, `${path} must be ${kind.expected}.`);
  }
  const missing = required.find((name) => read[name as string] === undefined);
  if (missing !== undefined) throw invalidArgument(String(missing), `${at && `${at}.`}${String(missing)} is required.`);
  return read as Partial<R> & { [Name in Required]: NonNullable<R[Name]> };
}

/** A kind that says itself which of its fields is to blame. */
interface Structure<T> extends Kind<T> {
  read(value: unknown, path: string): T;
}

const isStructure = (kind: Kind<unknown>): kind is Structure<unknown> => "read" in kind;

export function structure<R, Required extends keyof R = never>(
  fields: Fields<R>,
  required: readonly Required[] = [],
): Kind<Partial<R> & { [Name in Required]: NonNullable<R[Name]> }> {
  const read = (value: unknown, path: string) => readStructure(value, fields, required, path);
  const kind: Structure<ReturnType<typeof read>> = {
    expected: "an object",
    accept: (value) => read(value, ""),
    read,
  };
  return kind;
}

export function listOf<T>(kind: Kind<T>): Kind<T[]> {
  const read = (value: unknown, path: string) => {
    if (!Array.isArray(value)) throw invalidArgument(path, `${path} must be a list.`);
    return value.map((each, index) => {
      const place = `${path}[${index}]`;
      const item = isStructure(kind) ? (kind.read(each, place) as T) : kind.accept(each);
      if (item === undefined) throw invalidArgument(place, `${place} must be ${kind.expected}.`);
      return item;
    });
  };
  const list: Structure<T[]> = { expected: "a list", accept: (value) => read(value, ""), read };
  return list;
}

export const oneOf = <T extends string>(...names: T[]): Kind<T> => ({
  expected: `one of ${names.join(", ")}`,
  accept: (value) => names.find((name) => name === value),
});

export interface NetworkAddress {
  hostname: string;
  port: number;
}

const port: Kind<number> = {
  expected: "a port",
  accept: (value) => {
    const number = integer.accept(value);
    return number !== undefined && number > 0 && number <= 65_535 ? number : undefined;
  },
};

export const networkAddress = structure<NetworkAddress, "hostname">({ hostname: text, port }, ["hostname"]);
