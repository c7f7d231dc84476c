import { ObjectNotFoundError } from "../../core/object-errors";
import type { Instance } from "./api/instance";
import type { Key } from "./api/types";
import { RootKeyDeletedError, RootKeySuspendedError } from "./errors";
import { DELETED, findRootKey } from "./observed/root-keys";

/**
 * A root key under which keys can be wrapped.
 *
 * @throws RootKeySuspendedError, RootKeyDeletedError
 */
export async function usableKey(instance: Instance, id: string, { name }: { name: string }): Promise<Key> {
  const found = await findRootKey(instance, id);
  const key = found === DELETED ? undefined : found;
  if (key?.state === "active") return key;
  const attempt = `using root key ${id} "${key?.name ?? name}"`;
  const { place } = instance;
  if (found === undefined) {
    throw new ObjectNotFoundError({
      attempt,
      place,
      reason: "the instance has no key of this ID or alias",
      wayOut: "give one that is there: what a key wrapped that is gone for good cannot be read any more",
    });
  }
  if (key?.state === "suspended") {
    throw new RootKeySuspendedError({
      attempt,
      place,
      reason: "somebody has suspended it, and nothing that it wraps can be read meanwhile",
      wayOut:
        "find out why; to end it, enable the key in the instance's console (Keys, the key's menu), then run again",
    });
  }
  throw new RootKeyDeletedError({
    attempt,
    place,
    reason: key === undefined ? "it was deleted" : `its state is ${key.state}`,
    wayOut:
      "a key that was deleted within the last 30 days can be restored in the instance's console (Keys, deleted keys): do that, " +
      "and run again; what it wrapped cannot be read without it",
  });
}
