import { type Description, propertiesIn } from "../../../core/resource/description";
import { registry } from "../../../systems/registry";
import { unshown } from "./engine-names";
import { STUB } from "./stub";

/** Of this adapter and of the journal; the others are marked in their descriptions. */
const OF_ADAPTERS = ["resourceUrn", "isPreview", "receipt"];

const hiddenIn = (description: Description): string[] =>
  Object.entries(propertiesIn(description)).flatMap(([name, { hidden }]) => (hidden ? [name] : []));

/** Inputs and outputs that mean nothing to whoever reads a preview. */
const UNSHOWN: ReadonlySet<string> = new Set([
  ...OF_ADAPTERS,
  ...Object.values(registry).flatMap(({ description }) => hiddenIn(description)),
]);

/** Their names, by those that the engine has for them. */
const LIFECYCLE_NAMES: ReadonlyMap<string, string> = new Map([...UNSHOWN].map((name) => [unshown(name), name]));

type Properties = Record<string, unknown>;

/** The name under which the engine holds an input. */
const engineName = (name: string): string => (UNSHOWN.has(name) ? unshown(name) : name);

/** Properties as the engine holds them. */
export const toEngine = (properties: Properties): Properties => renamed(properties, engineName);

/** Properties as a lifecycle knows them, without the stub. A value of `null` counts as left out. */
export function fromEngine({ [STUB]: _stub, ...properties }: Properties): Properties {
  return renamed(withoutNulls(properties), (name) => LIFECYCLE_NAMES.get(name) ?? name);
}

/**
 * Leaves out members of objects that are null, at any depth. An element of a list stays: it is no argument of its own.
 */
const withoutNulls = (members: object): Properties =>
  Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, isMembers(value) ? withoutNulls(value) : value]),
  );

const isMembers = (value: unknown): value is object => typeof value === "object" && !Array.isArray(value);

const renamed = (properties: Properties, rename: (name: string) => string): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [rename(name), value]));
