import { MediaType, nothing, type Route, single } from "../http/route";
import { invalidField, ServiceError } from "../region/errors";
import { type Region, timestamp } from "../region/machine";
import { isUuid } from "../region/names";
import type { Instance } from "../region/state";
import { keyOf, takenAliases } from "./lookup";

const MOST_ALIASES = 5;
const RESERVED = [
  ...["allowed_ip", "key", "keys", "metadata", "policy", "policies", "registration", "registrations", "ring", "rings"],
  ...["rotate", "wrap", "unwrap", "rewrap", "version", "versions"],
];

/** Refuses aliases that a key which has `held` already may not get. */
export function assertAliases(region: Region, instance: Instance, held: string[], more: string[]): void {
  const taken = takenAliases(region, instance);
  if (held.length + more.length > MOST_ALIASES) {
    throw new ServiceError("tooManyAliases", `A key can have no more than ${MOST_ALIASES} aliases`);
  }
  for (const alias of more) {
    if (!/^[\w-]{2,90}$/.test(alias) || isUuid(alias) || RESERVED.includes(alias)) {
      throw invalidField("aliases", "2 to 90 letters, digits, - or _, no UUID and no reserved name");
    }
    if (taken.has(alias))
      throw new ServiceError("aliasTaken", "One or more aliases are already in use in the instance");
    taken.add(alias);
  }
}

export const aliasRoutes = {
  createKeyAlias: {
    verb: "POST",
    path: "/keys/{id}/aliases/{alias}",
    failure: "Key alias could not be created",
    async handle(request) {
      const { region, instance } = request;
      const key = keyOf(request);
      const { alias = "" } = request.slots;
      assertAliases(region, instance, key.aliases, [alias]);
      key.aliases.push(alias);
      const { at, by } = region.act();
      key.updatedAt = at;
      await region.save();
      const resource = { keyId: key.id, alias, createdBy: by, creationDate: timestamp(at) };
      return single(MediaType.keyAlias, resource, 201);
    },
  },

  deleteKeyAlias: {
    verb: "DELETE",
    path: "/keys/{id}/aliases/{alias}",
    failure: "Key alias could not be deleted",
    async handle(request) {
      const key = keyOf(request);
      if (!key.aliases.includes(request.slots.alias ?? "")) {
        throw new ServiceError("aliasNotFound", "Key alias does not exist");
      }
      key.aliases = key.aliases.filter((alias) => alias !== request.slots.alias);
      key.updatedAt = request.region.act().at;
      await request.region.save();
      return nothing;
    },
  },
} satisfies Record<string, Route>;
