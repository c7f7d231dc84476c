/** Inputs that mean nothing to whoever reads a preview. */
const UNSHOWN: readonly string[] = ["resourceUrn", "autoName", "drifted"];

/** The engine shows no property whose name begins like this. */
const PREFIX = "__";

/** The text of the dynamic provider itself, which the SDK keeps with every resource. */
const STUB = "__provider";

type Properties = Record<string, unknown>;

/** The name under which the engine holds an input. */
export const engineName = (name: string): string => (UNSHOWN.includes(name) ? PREFIX + name : name);

/** Properties as the engine holds them. */
export const toEngine = (properties: Properties): Properties => renamed(properties, engineName);

/** Properties as a lifecycle knows them, without the stub. */
export function fromEngine({ [STUB]: _stub, ...properties }: Properties): Properties {
  const lifecycleName = (name: string) => UNSHOWN.find((unshown) => engineName(unshown) === name) ?? name;
  return renamed(properties, lifecycleName);
}

const renamed = (properties: Properties, rename: (name: string) => string): Properties =>
  Object.fromEntries(Object.entries(properties).map(([name, value]) => [rename(name), value]));
