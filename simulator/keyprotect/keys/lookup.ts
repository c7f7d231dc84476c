import type { ServiceRequest } from "../http/route";
import { ServiceError } from "../region/errors";
import type { Region } from "../region/machine";
import type { Instance, Key } from "../region/state";

/** By id, or by alias. A deleted key lends its alias to nobody while another one has it. */
export function findKey({ keys }: Instance, idOrAlias: string): Key | undefined {
  const named = keys.filter(({ aliases }) => aliases.includes(idOrAlias));
  return keys.find(({ id }) => id === idOrAlias) ?? named.find(({ state }) => state !== "destroyed") ?? named[0];
}

/** The key that the path is about, be it deleted or not, in the key ring of the header if there is one. */
export function anyKeyOf({ instance, slots, headers }: ServiceRequest): Key {
  const key = findKey(instance, slots.id ?? "");
  const ring = headers["x-kms-key-ring"];
  if (key && (ring === undefined || ring === key.keyRing)) return key;
  throw new ServiceError("keyNotFound", "Key does not exist");
}

/** The same, for calls that a deleted key does not take. */
export function keyOf(request: ServiceRequest): Key {
  const key = anyKeyOf(request);
  if (key.state !== "destroyed") return key;
  throw new ServiceError("keyDeleted", "Key has already been deleted. Please delete references to this key.");
}

/** The same, for calls that are about root keys alone. */
export function rootKeyOf(request: ServiceRequest, find = keyOf): Key {
  const key = find(request);
  if (!key.extractable) return key;
  throw new ServiceError("notARootKey", "Requested action can only be completed with a root key");
}

/** Aliases that no other key may have. */
export function takenAliases({ switches }: Region, { keys }: Instance): Set<string> {
  const holders = keys.filter(({ state }) => state !== "destroyed" || switches.deletedKeysKeepAliases);
  return new Set(holders.flatMap(({ aliases }) => aliases));
}
