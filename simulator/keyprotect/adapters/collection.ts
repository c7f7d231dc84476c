import { randomUUID } from "node:crypto";
import { type Fields, text } from "../../chassis/kinds";
import { readResource, structure } from "../http/bodies";
import { flagIn, pageOf } from "../http/query";
import { MediaType, nothing, type Route, type ServiceRequest, single } from "../http/route";
import { stateOf } from "../keys/aging";
import { findKey } from "../keys/lookup";
import { destroyObject, isActive, isLive } from "../objects/transitions";
import { invalidField, ServiceError } from "../region/errors";
import { type Region, timestamp } from "../region/machine";
import { chosenName } from "../region/names";
import type { Adapter, Instance, Key } from "../region/state";
import { adapterOf } from "./lookup";

/** The only profile that there is. */
export const PROFILE = "native_1.0";
const MOST_DESCRIPTION = 240;

interface NewAdapter {
  name: string;
  description: string;
  profile: string;
  profile_data: { crk_id?: string };
}

const newAdapter: Fields<NewAdapter> = {
  name: text,
  description: text,
  profile: text,
  profile_data: structure<{ crk_id: string }>({ crk_id: text }),
};

export const adapterRoutes = {
  getKmipAdapters: {
    verb: "GET",
    path: "/kmip_adapters",
    failure: "KMIP adapters could not be retrieved",
    handle(request) {
      const { region, instance, query } = request;
      const wanted = query.get("crk_id");
      const keyID = wanted === null ? undefined : (findKey(instance, wanted)?.id ?? wanted);
      const adapters = instance.adapters.filter((adapter) => keyID === undefined || adapter.keyID === keyID);
      const limits = { usual: 100, most: 200 };
      return { collection: pageOf(request, limits, MediaType.adapter, adapters, (it) => adapterResource(region, it)) };
    },
  },

  createKmipAdapter: {
    verb: "POST",
    path: "/kmip_adapters",
    failure: "KMIP adapter could not be created",
    async handle(request) {
      const { region, instance } = request;
      const adapter = createdAdapter(request);
      instance.adapters.push(adapter);
      await region.save();
      return single(MediaType.adapter, adapterResource(region, adapter), 201);
    },
  },

  getKmipAdapter: {
    verb: "GET",
    path: "/kmip_adapters/{adapter}",
    failure: "KMIP adapter could not be retrieved",
    handle: (request) => single(MediaType.adapter, adapterResource(request.region, adapterOf(request))),
  },

  deleteKmipAdapter: {
    verb: "DELETE",
    path: "/kmip_adapters/{adapter}",
    failure: "KMIP adapter could not be deleted",
    async handle(request) {
      const { region, instance } = request;
      const adapter = adapterOf(request);
      assertDeletable(region, adapter);
      deleteAdapter(region, instance, adapter);
      await region.save();
      return nothing;
    },
  },
} satisfies Record<string, Route>;

/** Deletes an adapter with all that is in it. */
export function deleteAdapter(region: Region, instance: Instance, adapter: Adapter): void {
  for (const object of adapter.objects) destroyObject(object, region.act());
  instance.adapters = instance.adapters.filter((other) => other !== adapter);
}

function createdAdapter({ region, instance, query, body }: ServiceRequest): Adapter {
  const { switches } = region;
  const given = readResource(body, MediaType.adapter, newAdapter);
  const { description = "", profile, profile_data } = given;
  if (profile !== PROFILE) throw invalidField("profile", PROFILE);
  if (!profile_data?.crk_id) throw invalidField("profile_data.crk_id", "the id or an alias of a root key");
  if (description.length > MOST_DESCRIPTION) {
    throw invalidField("description", `no longer than ${MOST_DESCRIPTION} characters`);
  }
  const name = chosenName(switches, given.name, "kmip_adapter");
  const key = findKey(instance, profile_data.crk_id);
  if (!key) throw new ServiceError("rootKeyNotFound", "The root key of the adapter does not exist");
  assertFitRootKey(region, key, flagIn(query, "allowExpiringKey") === true);
  if (instance.adapters.some((adapter) => adapter.name === name)) {
    throw new ServiceError("adapterNameTaken", "A KMIP adapter with this name already exists in the instance");
  }
  if (instance.adapters.length >= switches.adapterLimit) {
    throw new ServiceError("tooManyAdapters", `No more than ${switches.adapterLimit} KMIP adapters are allowed`);
  }
  const created = region.act();
  return {
    id: randomUUID(),
    name,
    description,
    keyID: key.id,
    keyGiven: profile_data.crk_id,
    created,
    updated: created,
    certificates: [],
    objects: [],
  };
}

function assertFitRootKey(region: Region, key: Key, mayExpire: boolean): void {
  if (!key.extractable && stateOf(region, key) === 1 && (key.expiresAt === undefined || mayExpire)) return;
  throw new ServiceError("invalidRootKey", "The key must be an active root key without an expiration date");
}

function assertDeletable({ switches }: Region, { objects }: Adapter): void {
  const { adapterWithObjects } = switches;
  if (adapterWithObjects === "destroy" || !objects.some(adapterWithObjects === "refuseLive" ? isLive : isActive))
    return;
  throw new ServiceError("adapterHasObjects", "The KMIP adapter has KMIP objects that are not deleted");
}

function adapterResource({ switches }: Region, adapter: Adapter): object {
  const { id, name, description, keyID, keyGiven, created, updated } = adapter;
  return {
    id,
    name,
    description,
    profile: PROFILE,
    profile_data: { crk_id: switches.rootKeyEcho === "id" ? keyID : keyGiven },
    created_at: timestamp(created.at),
    created_by: created.by,
    updated_at: timestamp(updated.at),
    updated_by: updated.by,
  };
}
