import { flagIn, pageOf } from "../http/query";
import { MediaType, nothing, type Route } from "../http/route";
import { invalidField, ServiceError } from "../region/errors";
import { timestamp } from "../region/machine";
import type { Instance } from "../region/state";

/** The ring that every instance has. */
export const DEFAULT_RING = "default";

export function assertKeyRing({ keyRings }: Instance, id: string): void {
  if (id === DEFAULT_RING || keyRings.some((ring) => ring.id === id)) return;
  throw new ServiceError("keyRingNotFound", "Key ring does not exist");
}

export const keyRingRoutes = {
  listKeyRings: {
    verb: "GET",
    path: "/key_rings",
    failure: "Key rings could not be retrieved",
    handle(request) {
      const rings = request.instance.keyRings.map(({ id, createdAt, createdBy }) => ({
        id,
        creationDate: timestamp(createdAt),
        createdBy,
      }));
      const all = [{ id: DEFAULT_RING }, ...rings];
      return { collection: pageOf(request, { usual: 51, most: 5000 }, MediaType.keyRing, all, (ring) => ring) };
    },
  },

  createKeyRing: {
    verb: "POST",
    path: "/key_rings/{id}",
    failure: "Key ring could not be created",
    async handle({ region, instance, slots: { id = "" } }) {
      if (!/^[\w-]{2,100}$/.test(id)) throw invalidField("key_ring_id", "2 to 100 letters, digits, - or _");
      if (id === DEFAULT_RING || instance.keyRings.some((ring) => ring.id === id)) {
        throw new ServiceError("keyRingTaken", "Key ring already exists");
      }
      if (instance.keyRings.length >= region.switches.keyRingLimit) {
        throw new ServiceError("tooManyKeyRings", `No more than ${region.switches.keyRingLimit} key rings are allowed`);
      }
      const { at, by } = region.act();
      instance.keyRings.push({ id, createdAt: at, createdBy: by });
      await region.save();
      return { status: 201 };
    },
  },

  deleteKeyRing: {
    verb: "DELETE",
    path: "/key_rings/{id}",
    failure: "Key ring could not be deleted",
    async handle({ region, instance, query, slots: { id = "" } }) {
      assertKeyRing(instance, id);
      const keys = instance.keys.filter(({ keyRing }) => keyRing === id);
      const isForced = flagIn(query, "force") === true;
      if (id === DEFAULT_RING || !keys.every(({ state }) => isForced && state === "destroyed")) {
        throw new ServiceError("keyRingInUse", "Key ring contains keys, or is the default one");
      }
      for (const key of keys) key.keyRing = DEFAULT_RING;
      instance.keyRings = instance.keyRings.filter((ring) => ring.id !== id);
      await region.save();
      return nothing;
    },
  },
} satisfies Record<string, Route>;
