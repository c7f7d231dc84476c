import { text } from "../../chassis/kinds";
import { readObject } from "../http/bodies";
import { flagIn, pageOf } from "../http/query";
import { MediaType, type Route, type ServiceRequest, single } from "../http/route";
import { invalidField } from "../region/errors";
import type { Key } from "../region/state";
import { anyKeyOf, keyOf, rootKeyOf } from "./lookup";
import { assertKeyRing } from "./rings";
import { keyResource, versionResource } from "./wire";

export const singleKeyRoutes = {
  getKey: {
    verb: "GET",
    path: "/keys/{id}",
    failure: "Key could not be retrieved",
    handle: (request) =>
      single(MediaType.key, keyResource(request.region, request.instance, readableKey(request), { payload: true })),
  },

  getKeyMetadata: {
    verb: "GET",
    path: "/keys/{id}/metadata",
    failure: "Key metadata could not be retrieved",
    handle: (request) => single(MediaType.key, keyResource(request.region, request.instance, readableKey(request))),
  },

  getKeyVersions: {
    verb: "GET",
    path: "/keys/{id}/versions",
    failure: "Key versions could not be retrieved",
    handle(request) {
      const find = flagIn(request.query, "allKeyStates") ? anyKeyOf : keyOf;
      const newestFirst = rootKeyOf(request, find).versions.toReversed();
      const limits = { usual: 200, most: 5000 };
      return { collection: pageOf(request, limits, MediaType.keyVersion, newestFirst, versionResource) };
    },
  },

  patchKey: {
    verb: "PATCH",
    path: "/keys/{id}",
    failure: "Key could not be updated",
    async handle(request) {
      const { region, instance, body } = request;
      const key = keyOf(request);
      const { keyRingID } = readObject<{ keyRingID: string }>(body, { keyRingID: text });
      if (!keyRingID) throw invalidField("keyRingID", "the id of a key ring");
      assertKeyRing(instance, keyRingID);
      key.keyRing = keyRingID;
      key.updatedAt = region.act().at;
      await region.save();
      return single(MediaType.key, keyResource(region, instance, key));
    },
  },
} satisfies Record<string, Route>;

function readableKey(request: ServiceRequest): Key {
  return request.region.switches.deletedKeys === "shown" ? anyKeyOf(request) : keyOf(request);
}
