import { type EkmError, isEkmError } from "../../../core/errors";
import { ConnectionUnknownError } from "../../../core/unknown";
import { systems } from "../../../systems/registry";
import type { RawConfig, SystemConnections } from "../connections";
import type { Properties } from "../resource/calls";

/**
 * Configuration as the dynamic provider has it: what the engine gives its default instance is of the stack and is JSON text;
 * what a program gives an instance of its own are values.
 */
export const rawConfigOf = (given: Properties): RawConfig =>
  Object.fromEntries(
    Object.entries(given).map(([key, value]) => [typeof value === "string" ? `ekm:${key}` : key, value]),
  );

/** What is wrong with the connections of an instance, as far as nobody has to be called for it. */
export function faultsOf(given: Properties, connections: SystemConnections): EkmError[] {
  const configured = systems.filter(({ configurationKey: key }) => given[key] !== undefined);
  return configured.flatMap((system) => {
    const known = connections.to(system);
    const names: string[] = [];
    const faults = faultOf(() => names.push(...known.names()));
    return [...faults, ...names.flatMap((name) => faultOf(() => known.connection(name)))];
  });
}

function faultOf(use: () => unknown): EkmError[] {
  try {
    use();
    return [];
  } catch (error) {
    // A preview may not know it yet.
    if (error instanceof ConnectionUnknownError) return [];
    if (isEkmError(error)) return [error];
    throw error;
  }
}
