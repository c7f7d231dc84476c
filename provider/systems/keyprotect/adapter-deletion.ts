import type { Comparing } from "../../core/lifecycle";
import { keysInAdapter } from "./adapter-keys";
import type { Instance } from "./api/instance";
import type { KmipClientCertificate } from "./api/types";
import { AdapterHasClientsError } from "./errors";
import type { KmipAdapterOutputs } from "./kmip-adapter/resource";
import { registrationIn } from "./marks";
import { listLiveObjects } from "./observed/kmip-adapters";

type Declaring = Pick<Comparing, "declarations" | "self">;

const inProgram = (identity: string): string => `KMIP adapter of ${identity}`;
const staying = (id: string): string => `KMIP adapter ${id} stays`;

/** Notes that the program of this run has an adapter. Check is not told its ID. */
export function declareAdapter({ declarations, self: { identity } }: Declaring): void {
  declarations.declare(inProgram(identity), identity);
}

/** Notes which adapter that is. A refresh compares as well, and no program declares what it compares. */
export function declareStaying(id: string, { declarations, self: { identity } }: Declaring): void {
  if (declarations.isDeclared(inProgram(identity), identity)) declarations.declare(staying(id), identity);
}

/** Whether the program of this run has the adapter, so that no delete of it follows. */
export const staysInProgram = (id: string, { declarations, self }: Declaring): boolean =>
  declarations.heir(staying(id), self.identity) !== undefined;

/**
 * Refuses whatever a delete of the adapter is refused for.
 *
 * @throws AdapterHasClientsError, KeysInAdapterError
 */
export async function assertDeletable(
  instance: Instance,
  { id, onDelete }: { id: string } & Pick<KmipAdapterOutputs, "onDelete">,
  registrations: readonly KmipClientCertificate[],
  attempt: string,
  { self }: Declaring,
): Promise<void> {
  const [first, ...others] = registrations.filter(({ name }) => !registrationIn(name)?.isOfStack(self.stack));
  if (first !== undefined) {
    const more = others.length > 0 ? ` and ${others.length} more` : "";
    throw new AdapterHasClientsError({
      attempt,
      place: instance.place,
      reason: `client certificate "${first.name}"${more} is registered at it, which this stack has not done`,
      wayOut:
        "remove it in the instance's console first, or set the adapter's onDelete to \"keep\", which leaves the adapter",
    });
  }
  if (onDelete === "destroyKeys") return;
  const objects = await listLiveObjects(instance, id);
  if (objects.length === 0) return;
  const wayOut =
    'move the clients away and let them destroy their keys; or set the adapter\'s onDelete to "destroyKeys", which makes unreadable whatever these keys encrypt, and apply that first';
  throw await keysInAdapter(instance, { adapter: id, objects, registrations, attempt, wayOut });
}
