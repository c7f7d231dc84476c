/**
 * Values by the JSON pointers (RFC 6901) of the members that they replace: `{"/kmipKeyServers/0/keyServerID": "1"}`.
 * The empty pointer names the whole document.
 */
export type Replacements = Record<string, unknown>;

/** A copy with the values in place. A pointer below a missing member replaces nothing. */
export function replaced(document: unknown, replacements: Replacements): unknown {
  return replacedBelow("", document, replacements);
}

/** The same, with pointers that begin at `pointer`. */
export function replacedBelow(pointer: string, document: unknown, replacements: Replacements): unknown {
  return Object.entries(replacements).reduce(
    (copy, [rest, value]) => replacedAt(copy, `${pointer}${rest}`.split("/").slice(1).map(unescaped), value),
    structuredClone(document),
  );
}

function replacedAt(copy: unknown, path: string[], value: unknown): unknown {
  const member = path.at(-1);
  if (member === undefined) return value;
  const parent = path.slice(0, -1).reduce((inner: unknown, key) => Object(inner)[key], copy);
  if (typeof parent === "object" && parent !== null) Object.assign(parent, { [member]: value });
  return copy;
}

const unescaped = (key: string): string => key.replaceAll("~1", "/").replaceAll("~0", "~");
