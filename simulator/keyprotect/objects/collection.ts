import { ObjectType } from "../../../kmip/enums";
import { adapterOf, touch } from "../adapters/lookup";
import { flagIn, pageOf, statesIn } from "../http/query";
import { MediaType, nothing, type Route, type ServiceRequest, single } from "../http/route";
import { ServiceError } from "../region/errors";
import { timestamp } from "../region/machine";
import type { KmipObject, ObjectAct } from "../region/state";
import { destroyObject, isActive, isLive, stateOf } from "./transitions";

const LIVE_STATES = [1, 2, 3, 4];

/** REST sees and deletes the objects that KMIP clients have made; it makes none. */
export const objectRoutes = {
  getKmipObjects: {
    verb: "GET",
    path: "/kmip_adapters/{adapter}/kmip_objects",
    failure: "KMIP objects could not be retrieved",
    handle(request) {
      const states = statesIn(request.query, 1, 6) ?? LIVE_STATES;
      const objects = adapterOf(request).objects.filter((object) => states.includes(stateOf(object)));
      const limits = { usual: 100, most: 5000 };
      return { collection: pageOf(request, limits, MediaType.object, objects, objectResource) };
    },
  },

  getKmipObject: {
    verb: "GET",
    path: "/kmip_adapters/{adapter}/kmip_objects/{object}",
    failure: "KMIP object could not be retrieved",
    handle: (request) => single(MediaType.object, objectResource(objectOf(request))),
  },

  deleteKmipObject: {
    verb: "DELETE",
    path: "/kmip_adapters/{adapter}/kmip_objects/{object}",
    failure: "KMIP object could not be deleted",
    async handle(request) {
      const { region, query } = request;
      const object = objectOf(request);
      if (!isLive(object)) throw new ServiceError("objectDestroyed", "The KMIP object is destroyed already");
      if (isActive(object) && !flagIn(query, "force")) {
        throw new ServiceError("objectActive", "The KMIP object is active");
      }
      destroyObject(object, region.act());
      touch(adapterOf(request), region.act());
      await region.save();
      return nothing;
    },
  },
} satisfies Record<string, Route>;

function objectOf(request: ServiceRequest): KmipObject {
  const object = adapterOf(request).objects.find(({ id }) => id === request.slots.object);
  if (object) return object;
  throw new ServiceError("objectNotFound", "KMIP object does not exist");
}

function objectResource(object: KmipObject): object {
  return {
    id: object.id,
    kmip_object_type: ObjectType[object.managed.objectType],
    state: stateOf(object),
    recoverable: false,
    ...actFields("created", object.created),
    ...actFields("updated", object.updated),
    ...(object.destroyed ? actFields("destroyed", object.destroyed) : {}),
  };
}

const actFields = (what: string, { at, by, certificate }: ObjectAct): object => ({
  [`${what}_at`]: timestamp(at),
  [`${what}_by`]: by,
  ...(certificate === undefined ? {} : { [`${what}_by_kmip_client_cert_id`]: certificate }),
});
