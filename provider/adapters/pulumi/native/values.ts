import type { Properties } from "../resource/calls";
import { SECRET, SIGNATURE } from "../special-values";

/** Properties without marks, and the names of those that hold a secret. */
export interface Opened {
  properties: Properties;
  secrets: ReadonlySet<string>;
}

/** Opens the secrets among properties, at any depth. */
export function opened(wire: Properties): Opened {
  const secrets = new Set<string>();
  const properties = Object.fromEntries(
    Object.entries(wire).map(([name, value]) => [name, openedValue(value, () => secrets.add(name))]),
  );
  return { properties, secrets };
}

/** Marks properties by their names as secrets. */
export const sealed = (properties: Properties, secrets: ReadonlySet<string>): Properties =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      secrets.has(name) && value !== undefined ? { [SIGNATURE]: SECRET, value } : value,
    ]),
  );

function openedValue(value: unknown, found: () => void): unknown {
  if (Array.isArray(value)) return value.map((each) => openedValue(each, found));
  if (typeof value !== "object" || value === null) return value;
  const members = value as Properties;
  if (members[SIGNATURE] === SECRET) {
    found();
    return openedValue(members.value, found);
  }
  return Object.fromEntries(Object.entries(members).map(([name, member]) => [name, openedValue(member, found)]));
}
