import type { Output } from "@pulumi/pulumi";
import type { Properties } from "../resource/calls";

/** A property, as far as the schema says of it what it is. */
interface Spec {
  /** A value that a program gives as it is, and not as an output. */
  plain?: boolean;
  $ref?: string;
}

type Specs = Readonly<Record<string, Spec>>;

/** The types of a schema, by their tokens. */
export type SchemaTypes = Readonly<Record<string, { properties?: Specs }>>;

/** A component needs a value at once, and the run does not know it yet. */
export class InputNotKnownError extends Error {}

/**
 * Inputs as the class of a component takes them. An engine may give as an output whatever depends on a resource or is a secret:
 * of an object that the class takes apart, the members are outputs then, and a plain value is waited for.
 */
export async function componentInputs(given: Properties, specs: Specs, types: SchemaTypes): Promise<Properties> {
  const entries = Object.entries(given).map(async ([name, value]) => {
    const { plain = false, $ref } = specs[name] ?? {};
    if (!plain) return [name, value];
    const members = types[$ref?.replace("#/types/", "") ?? ""]?.properties;
    if (members === undefined) return [name, await settled(name, value)];
    return [name, await componentInputs(membersOf(value, Object.keys(members)), members, types)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function membersOf(value: unknown, names: readonly string[]): Properties {
  if (!isOutput(value)) return (value ?? {}) as Properties;
  return Object.fromEntries(names.map((name) => [name, (value as Output<Properties>).apply((all) => all?.[name])]));
}

async function settled(name: string, value: unknown): Promise<unknown> {
  if (!isOutput(value)) return value;
  const { isKnown, promise } = value as unknown as { isKnown: Promise<boolean>; promise(): Promise<unknown> };
  if (await isKnown) return promise.call(value);
  throw new InputNotKnownError(
    `"${name}" decides which resources there are, and this run does not know it before others are made: give its value itself`,
  );
}

function isOutput(value: unknown): boolean {
  const { Output } = require("@pulumi/pulumi") as typeof import("@pulumi/pulumi");
  return Output.isInstance(value);
}
