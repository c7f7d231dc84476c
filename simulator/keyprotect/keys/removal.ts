import { flagIn } from "../http/query";
import { MediaType, nothing, type Result, type Route, type ServiceRequest, single } from "../http/route";
import { ServiceError } from "../region/errors";
import type { Region } from "../region/machine";
import type { Instance, Key } from "../region/state";
import { assertPaused, assertState } from "./actions";
import { isPurgeable, isRestorable, shred, stateOf } from "./aging";
import { anyKeyOf, keyOf } from "./lookup";
import { keyResource } from "./wire";

export const keyRemovalRoutes = {
  deleteKey: {
    verb: "DELETE",
    path: "/keys/{id}",
    failure: "Key could not be deleted",
    async handle(request) {
      const { region, instance, query } = request;
      const key = keyOf(request);
      assertUnprotected(region, instance, key, flagIn(query, "force") === true);
      destroy(region, key);
      await region.save();
      return represented(request, key);
    },
  },

  restoreKey: {
    verb: "POST",
    path: "/keys/{id}/restore",
    failure: "Key could not be restored",
    async handle(request) {
      const { region, instance } = request;
      const key = anyKeyOf(request);
      assertState(region, key, [5]);
      assertPaused(region, key);
      if (!isRestorable(region, key)) throw new ServiceError("restoreExpired", "Key restoration has expired");
      if (key.expiresAt !== undefined && region.since(key.expiresAt) >= 0) {
        throw new ServiceError("keyState", "A key whose expiration date has passed cannot be restored");
      }
      restore(region, key);
      await region.save();
      return single(MediaType.key, keyResource(region, instance, key), 201);
    },
  },

  purgeKey: {
    verb: "DELETE",
    path: "/keys/{id}/purge",
    failure: "Key could not be purged",
    async handle(request) {
      const { region, instance } = request;
      const key = anyKeyOf(request);
      assertState(region, key, [5]);
      if (!isPurgeable(region, key)) {
        const { purgeHours } = region.switches;
        throw new ServiceError("purgeNotPermitted", `A key can be purged ${purgeHours} hours after its deletion`);
      }
      const result = represented(request, key);
      purge(region, instance, key);
      await region.save();
      return result;
    },
  },
} satisfies Record<string, Route>;

/** Deletes a key softly: its material stays for as long as it can be restored, and nobody can use it. */
export function destroy(region: Region, key: Key): void {
  const { at, by } = region.act();
  Object.assign(key, { state: "destroyed", updatedAt: at, deletedAt: at, deletedBy: by });
}

export function restore(region: Region, key: Key): void {
  Object.assign(key, { state: "active", updatedAt: region.act().at });
  delete key.deletedAt;
  delete key.deletedBy;
}

export function purge(region: Region, instance: Instance, key: Key): void {
  shred(region, key);
  instance.keys = instance.keys.filter((other) => other !== key);
}

function assertUnprotected(region: Region, { adapters }: Instance, key: Key, isForced: boolean): void {
  const { rootKeyProtection, forceOverridesProtection } = region.switches;
  const isInUse = adapters.some(({ keyID }) => keyID === key.id);
  const isProtected = rootKeyProtection === "always" || (rootKeyProtection === "active" && stateOf(region, key) === 1);
  if (isInUse && isProtected && !(isForced && forceOverridesProtection)) {
    throw new ServiceError("rootKeyInUse", "Key is protecting one or more cloud resources");
  }
}

/** Whoever prefers a representation gets the key as it is now. */
function represented({ region, instance, headers }: ServiceRequest, key: Key): Result {
  if (headers.prefer !== "return=representation") return nothing;
  return single(MediaType.key, keyResource(region, instance, key));
}
