/** The engine shows no property whose name begins like this. */
const PREFIX = "__";

/** The name under which the engine holds a property that means nothing to whoever reads a preview. */
export const unshown = (name: string): string => PREFIX + name;
