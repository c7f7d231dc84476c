import { isEkmError } from "../core/errors";
import type { Comparing } from "../core/lifecycle";
import { recordedIdentity, type System, type SystemConnection, systemName } from "../core/system";
import { identityOf } from "./identity";

/**
 * Whether a delete that was cut off has removed an object that the program declares again. State still has it, and an
 * update could not bring it back. Looks at the system only after such a delete; the update meets a system that does not
 * answer.
 */
export async function wasRemoved<Settings extends { endpoint: string }, Connection extends SystemConnection>(
  system: System<Settings, Connection>,
  state: object,
  find: (connection: Connection) => Promise<object | undefined>,
  context: Comparing,
): Promise<boolean> {
  // An object that never came to its system has no recorded identity, and no delete has removed it.
  const recorded = recordedIdentity(system, state);
  if (typeof recorded !== "string" || !context.history.of(recorded).wasRemoval) return false;
  try {
    const connection = context.connection(system, String(systemName(system, state)));
    await identityOf(system, connection, recorded, "");
    return (await find(connection)) === undefined;
  } catch (error) {
    if (isEkmError(error)) return false;
    throw error;
  }
}
