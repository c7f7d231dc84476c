import { placeInWords } from "../core/errors";
import { didYouMean } from "../core/nearest-name";
import type { Setting } from "../core/system";
import { ConnectionUnknownError, holdsUnknown } from "../core/unknown";
import { ConnectionConfigurationError } from "./errors";

/** One place where connections of a system are configured by name. */
export interface Source {
  /** As messages name it. */
  label: string;
  /** What it holds: an object, or the JSON text of one. */
  value: unknown;
}

/** A system as its configuration is read: by what it is called, and by the names of its settings. */
export interface Configurable {
  noun: string;
  settings: Readonly<Record<string, Setting>>;
}

/** What is wrong with the configuration of one connection, or of all. */
export const configurationError = (
  { noun }: Configurable,
  name: string | undefined,
  reason: string,
  wayOut: string,
): ConnectionConfigurationError =>
  new ConnectionConfigurationError({
    attempt: `reading the configuration of ${name === undefined ? "connections" : `the connection to ${placeInWords({ noun, name })}`}`,
    reason,
    wayOut,
  });

/** What connections by name look like. */
export function shapeOf({ noun, settings }: Configurable): string {
  const members = Object.entries(settings).filter(([, { required }]) => required);
  const connection = members.map(([member]) => `"${member}": …`).join(", ");
  return `give an object of connections by ${noun} name: {"default": {${connection}}}`;
}

/** The settings that a source has under a name; `undefined` where it has none. */
export function settingsIn(
  system: Configurable,
  source: Source,
  name: string,
): Readonly<Record<string, unknown>> | undefined {
  const connections = connectionsIn(system, source, name);
  const settings = connections !== undefined && Object.hasOwn(connections, name) ? connections[name] : undefined;
  if (settings === undefined || settings === null) return undefined;
  if (!isObject(settings)) {
    throw configurationError(system, name, `${source.label} has no object under this name`, shapeOf(system));
  }
  const given = withoutNulls(settings);
  const members = Object.keys(system.settings);
  const unknown = Object.keys(given).find((key) => !members.includes(key));
  if (unknown === undefined) return given;
  throw configurationError(
    system,
    name,
    `${source.label} has "${unknown}" under this name, which no connection has${didYouMean(unknown, members)}`,
    `a connection has ${members.join(", ")}, and nothing else`,
  );
}

/** All that a source has by name; `name` is of the connection that it is read for, if it is for one. */
export function connectionsIn(
  system: Configurable,
  { label, value }: Source,
  name?: string,
): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (holdsUnknown(value)) throw new ConnectionUnknownError(name);
  const refused = (reason: string, wayOut = shapeOf(system)) => configurationError(system, name, reason, wayOut);
  const connections = typeof value === "string" ? parsed(label, value, refused) : value;
  if (!isObject(connections)) throw refused(`${label} is no object`);
  const isSetting = (key: string, given: unknown) => Object.hasOwn(system.settings, key) && !isObject(given ?? {});
  if (Object.entries(connections).some(([key, given]) => isSetting(key, given))) {
    throw refused(`${label} is one connection, and not connections by name`);
  }
  return connections as Readonly<Record<string, unknown>>;
}

const withoutNulls = (settings: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null && value !== undefined));

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A byte order mark that is none in UTF-8; a shell may have dropped the zeros. */
const IN_UTF16 = /^\ufffd\ufffd|\0/;

function parsed(label: string, text: string, refused: (reason: string, wayOut?: string) => Error): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    if (IN_UTF16.test(text)) throw refused(`${label} is in UTF-16`, "give it in UTF-8");
    // The parser's own message may quote the text, and with it a password.
    throw refused(`${label} is not valid JSON`);
  }
}
