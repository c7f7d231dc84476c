/** Inputs and outputs that mean nothing to whoever reads a preview. */
const UNSHOWN: readonly string[] = [
  "resourceUrn",
  "isPreview",
  "autoName",
  "drifted",
  "receipt",
  "wish",
  "isOfThisStack",
  "takesOver",
];

/** The engine shows no property whose name begins like this. */
const PREFIX = "__";

/** The text of the dynamic provider itself, which the SDK keeps with every resource. */
const STUB = "__provider";

type Properties = Record<string, unknown>;

/** The name under which the engine holds an input. */
export const engineName = (name: string): string => (UNSHOWN.includes(name) ? PREFIX + name : name);

/** Properties as the engine holds them. */
export const toEngine = (properties: Properties): Properties => renamed(properties, engineName);

/** Properties as a lifecycle knows them, without the stub. What is `null` counts as left out. */
export function fromEngine({ [STUB]: _stub, ...properties }: Properties): Properties {
  const lifecycleName = (name: string) => UNSHOWN.find((unshown) => engineName(unshown) === name) ?? name;
  return renamed(withoutNulls(properties), lifecycleName);
}

/** Members of objects at any depth; an element of a list stays, for it is no argument of its own. */
const withoutNulls = (members: object): Properties =>
  Object.fromEntries(
    Object.entries(members)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, isMembers(value) ? withoutNulls(value) : value]),
  );

const isMembers = (value: unknown): value is object => typeof value === "object" && !Array.isArray(value);

const renamed = (properties: Properties, rename: (name: string) => string): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [rename(name), value]));
