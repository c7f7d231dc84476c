import type { Place } from "../core/errors";
import type { System, SystemConnection } from "../core/system";
import { spoken, type Text } from "../core/words";
import { ConnectionIdentityError } from "./errors";

/**
 * What tells the system at the other end from every other one. Another one at the same address has empty lists, and would
 * make everything look deleted.
 *
 * @param recorded what a resource has recorded of it
 * @param ifGone the way out where the recorded system will not come back
 * @throws ConnectionIdentityError
 */
export async function identityOf<Connection extends Pick<SystemConnection, "place" | "settings">>(
  { noun, identity }: Pick<System<never, Connection>, "noun" | "identity">,
  connection: Connection,
  recorded: string | undefined,
  ifGone: Text,
): Promise<string> {
  const found = await identity.of(connection);
  if (recorded === undefined || recorded === found) return found;
  throw new ConnectionIdentityError({
    attempt: `comparing the ${noun}'s identity with the recorded one`,
    place: connection.place,
    reason: `${connection.settings.endpoint} is the ${noun} with ${identity.inWords} ${found}, but this resource is on ${recorded}`,
    wayOut: (words) =>
      `correct the connection's endpoint; if the recorded ${noun} is gone for good, ${spoken(ifGone, words)}`,
  });
}

/** Said once a run of a connection whose certificate nobody looks at. */
export const insecureWarning = ({ noun, name }: Place): string =>
  `TLS verification is off for ${noun} "${name}": whoever sits on the path can read its password and pose as it. ` +
  "Give caCertificate or fingerprint256 instead of insecure.";
