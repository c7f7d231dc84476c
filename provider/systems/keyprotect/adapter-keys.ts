import type { Context } from "../../core/lifecycle";
import type { Instance } from "./api/instance";
import type { KmipAdapter, KmipClientCertificate, KmipObject } from "./api/types";
import { KeysInAdapterError } from "./errors";
import { ifThere, listClientCertificates, listLiveObjects } from "./observed/kmip-adapters";

interface HeldKeys {
  /** ID of the adapter. */
  adapter: string;
  objects: readonly KmipObject[];
  /** At the adapter, where they are known already. */
  registrations?: readonly KmipClientCertificate[];
  attempt: string;
  wayOut: string;
}

/** What an adapter still holds, and who made it: an error to be refused with. */
export async function keysInAdapter(
  instance: Instance,
  { adapter, objects, registrations, attempt, wayOut }: HeldKeys,
): Promise<KeysInAdapterError> {
  const clients = registrations ?? (await listClientCertificates(instance, adapter)) ?? [];
  return new KeysInAdapterError({
    attempt,
    place: instance.place,
    reason: `clients have ${keysInWords(objects)} in it, made by ${makersInWords(clients, objects)}, which nobody could read any more`,
    wayOut,
  });
}

export const keysInWords = ({ length }: readonly KmipObject[]): string => (length === 1 ? "one key" : `${length} keys`);

function makersInWords(registrations: readonly KmipClientCertificate[], objects: readonly KmipObject[]): string {
  const names = new Map(registrations.map(({ id, name }) => [id, name]));
  const makers = new Set(objects.map((object) => names.get(object.created_by_kmip_client_cert_id ?? "")));
  const known = [...makers].filter((name) => name !== undefined).map((name) => `certificate "${name}"`);
  const others = known.length === makers.size ? [] : ["certificates that are not registered any more"];
  return [...known, ...others].join(", ");
}

/** Destroys the keys that clients have in an adapter, until there is none. */
export async function destroyKeys(
  instance: Instance,
  { id, name }: Pick<KmipAdapter, "id" | "name">,
  { log }: Context,
): Promise<void> {
  let destroyed = 0;
  for (;;) {
    const objects = await listLiveObjects(instance, id);
    if (objects.length === 0) break;
    const total = destroyed + objects.length;
    for (const object of objects) {
      destroyed += 1;
      log.progress(`destroying key ${destroyed} of ${total} in KMIP adapter "${name}"`);
      await ifThere(instance.call("deleteKmipObject", { adapter: id, id: object.id }));
    }
  }
  if (destroyed > 0) log.info(`destroyed ${destroyed} ${destroyed === 1 ? "key" : "keys"} of KMIP adapter "${name}"`);
}
