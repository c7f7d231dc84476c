import type { Context } from "../../core/lifecycle";
import type { Instance } from "./api/instance";
import type { KmipAdapter, KmipObject } from "./api/types";
import { KeysInAdapterError } from "./errors";
import { ifThere, listClientCertificates, listLiveObjects } from "./observed/kmip-adapters";

/** What an adapter still holds, and who made it: an error to be refused with. */
export async function keysInAdapter(
  instance: Instance,
  { id, name }: Pick<KmipAdapter, "id" | "name">,
  objects: readonly KmipObject[],
  verb: "deleting" | "replacing" | "leaving",
  wayOut: string,
): Promise<KeysInAdapterError> {
  const keys = objects.length === 1 ? "one key" : `${objects.length} keys`;
  return new KeysInAdapterError({
    attempt: `${verb} KMIP adapter "${name}" (${id})`,
    place: instance.place,
    reason: `clients have ${keys} in it, made by ${await makersInWords(instance, id, objects)}, which nobody could read any more`,
    wayOut,
  });
}

async function makersInWords(instance: Instance, adapter: string, objects: readonly KmipObject[]): Promise<string> {
  const names = new Map((await listClientCertificates(instance, adapter))?.map(({ id, name }) => [id, name]));
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
