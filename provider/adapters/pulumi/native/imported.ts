import type { Entry } from "../../../systems/registry";
import { systems } from "../../../systems/registry";
import type { SystemConnections } from "../connections";
import type { Properties } from "../resource/calls";

/** What an import knows of an object. */
export interface Imported {
  id: string;
  /** In place of the state that there is not yet. */
  state: Properties;
}

/**
 * Reads what a user gives as the id of an import: an object's own id, behind the name of a connection and a slash where that is
 * not the default one. Where a system has one such object, the name of the connection is all there is to give.
 */
export async function importedBy(
  given: string,
  { system: named, description }: Entry,
  connections: SystemConnections,
): Promise<Imported> {
  const system = systems.find(({ noun }) => noun === named?.noun);
  if (system === undefined) return { id: given, state: {} };
  const configured = connections.to(system);
  const [first = "", ...rest] = given.split("/");
  if (!configured.names().includes(first)) return { id: given, state: {} };
  const state = { [system.noun]: first };
  if (rest.length > 0) return { id: rest.join("/"), state };
  return { id: description.single ? await system.identity.of(configured.connection(first)) : given, state };
}
