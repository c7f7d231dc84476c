import { type CheckFailure, type Looking, refusal } from "../core/lifecycle";
import { displayName } from "../core/resource/kinds";
import type { System, SystemConnection } from "../core/system";
import { ConnectionUnknownError, isUnknown } from "../core/unknown";
import { ConnectionConfigurationError, ConnectionNotConfiguredError } from "./errors";

type Connecting = Pick<Looking, "connection">;

/** Refuses a name under which no system is configured, or none that can be used. */
export function checkConfigured<Settings extends { endpoint: string }, Connection extends SystemConnection>(
  system: System<Settings, Connection>,
  name: string,
  context: Connecting,
): CheckFailure[] {
  // A value that can be no name is complained of with all other arguments.
  if (isUnknown(name) || displayName.complaints(name).length > 0) return [];
  try {
    context.connection(system, name);
    return [];
  } catch (error) {
    if (error instanceof ConnectionUnknownError) return [];
    if (error instanceof ConnectionNotConfiguredError || error instanceof ConnectionConfigurationError) {
      return [refusal(system.noun, error)];
    }
    throw error;
  }
}

/** Whether a preview can ask a system: its connection may depend on a value that is not known yet. */
export function isConnectionKnown<Settings extends { endpoint: string }, Connection extends SystemConnection>(
  system: System<Settings, Connection>,
  name: string,
  context: Connecting,
): boolean {
  if (isUnknown(name)) return false;
  try {
    context.connection(system, name);
    return true;
  } catch (error) {
    if (error instanceof ConnectionUnknownError) return false;
    throw error;
  }
}
