import * as pulumi from "@pulumi/pulumi";
import { didYouMean } from "../provider/core/nearest-name";

/** The names of all arguments; of an argument that is itself an object of arguments, the names of its members. */
export type Names<Args> = {
  readonly [Name in keyof Required<NonNullable<Args>>]: true | Readonly<Record<string, true>>;
};

/**
 * Refuses arguments that a class does not have. TypeScript refuses them where they are written; JavaScript would drop them
 * without a word.
 *
 * @param owner the class, and the name in the program
 * @param path of `args` itself, where it is inside of others
 */
export function assertKnown<Args>(owner: string, args: Args | null | undefined, names: Names<Args>, path = ""): void {
  assertNames(owner, path === "" ? "" : `${path}.`, args, names);
}

function assertNames(owner: string, path: string, given: unknown, names: Readonly<Record<string, unknown>>): void {
  if (!isPlain(given)) return;
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const inside = Object.hasOwn(names, name) ? names[name] : undefined;
    if (inside === undefined) throw unknown(owner, path, name, Object.keys(names));
    if (inside !== true) assertNames(owner, `${path}${name}.`, value, inside as Readonly<Record<string, true>>);
  }
}

/** Of what is an output nothing can be said here. */
export const isPlain = (value: unknown): value is object =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Promise) &&
  !pulumi.Output.isInstance(value);

function unknown(owner: string, path: string, name: string, names: readonly string[]): Error {
  const hint = didYouMean(name, names) || ".";
  const holder = path === "" ? "It" : `"${path.slice(0, -1)}"`;
  return new pulumi.RunError(
    `${owner}: there is no argument "${path}${name}"${hint} ${holder} has ${names.join(", ")}.`,
  );
}
