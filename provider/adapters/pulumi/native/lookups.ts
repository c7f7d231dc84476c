import { insecureWarning } from "../../../connections/identity";
import type { CheckFailure } from "../../../core/lifecycle";
import { checkArguments } from "../../../core/resource/description";
import type { AnySystem, SystemConnection } from "../../../core/system";
import { lookups } from "../../../systems/lookups";
import type { SystemConnections } from "../connections";
import type { Properties } from "../resource/calls";

/** Look-ups of any system. */
interface AnyLookup {
  system: AnySystem;
  arguments: Parameters<typeof checkArguments>[0]["arguments"];
  look(connection: SystemConnection, given: Properties): Promise<object>;
}

const known = lookups as unknown as Readonly<Record<string, AnyLookup>>;

/** The look-up of a token, such as `element:getKeyServers`. */
export const lookupOf = (token: string): AnyLookup | undefined =>
  Object.hasOwn(known, token) ? known[token] : undefined;

/** Complaints about the arguments of a look-up. */
export const checkLookup = ({ arguments: given }: AnyLookup, args: Properties): CheckFailure[] =>
  checkArguments({ arguments: given }, args);

/** Looks at the system that the arguments name, over the connection of that name. */
export function look(
  { system, look: looking }: AnyLookup,
  { [system.noun]: name = DEFAULT_NAME, ...given }: Properties,
  connections: SystemConnections,
  warn: (message: string) => void,
): Promise<object> {
  const connection = connections.to(system).connection(String(name));
  if (connection.settings.insecure) warn(insecureWarning(connection.place));
  return looking(connection, given);
}

/** Of a connection that is not named. */
const DEFAULT_NAME = "default";
