import { randomUUID } from "node:crypto";
import { type Fields, text, texts, truth } from "../../chassis/kinds";
import { readResource } from "../http/bodies";
import { flagIn, pageOf, statesIn } from "../http/query";
import { MediaType, type Route, type ServiceRequest, single } from "../http/route";
import { invalidField } from "../region/errors";
import type { Key } from "../region/state";
import { stateOf } from "./aging";
import { assertAliases } from "./aliases";
import { newVersion } from "./material";
import { assertKeyRing, DEFAULT_RING } from "./rings";
import { keyResource } from "./wire";

interface NewKey {
  type: string;
  name: string;
  description: string;
  aliases: string[];
  expirationDate: string;
  extractable: boolean;
  payload: string;
}

const newKey: Fields<NewKey> = {
  type: text,
  name: text,
  description: text,
  aliases: texts,
  expirationDate: text,
  extractable: truth,
  payload: text,
};

/** Destroyed keys are listed for those alone who ask for them. */
const USUAL_STATES = [0, 1, 2, 3];

export const keyCollectionRoutes = {
  getKeys: {
    verb: "GET",
    path: "/keys",
    failure: "Keys could not be retrieved",
    handle(request) {
      const { region, instance, query, headers } = request;
      const states = statesIn(query, 0, 5) ?? USUAL_STATES;
      const extractable = flagIn(query, "extractable");
      const ring = headers["x-kms-key-ring"];
      const keys = instance.keys.filter(
        (key) =>
          states.includes(stateOf(region, key)) &&
          (extractable === undefined || key.extractable === extractable) &&
          (ring === undefined || key.keyRing === ring),
      );
      const limits = { usual: 200, most: 5000 };
      return { collection: pageOf(request, limits, MediaType.key, keys, (key) => keyResource(region, instance, key)) };
    },
  },

  createKey: {
    verb: "POST",
    path: "/keys",
    failure: "Key could not be created",
    async handle(request) {
      const { region, instance, headers } = request;
      const key = createdKey(request);
      instance.keys.push(key);
      await region.save();
      const isMinimal = headers.prefer === "return=minimal";
      const resource = isMinimal
        ? { type: MediaType.key, id: key.id }
        : keyResource(region, instance, key, { payload: true });
      return single(MediaType.key, resource, 201);
    },
  },
} satisfies Record<string, Route>;

function createdKey({ region, instance, headers, body }: ServiceRequest): Key {
  const given = readResource(body, MediaType.key, newKey);
  const { name = "", description = "", aliases = [], extractable = true, payload } = given;
  if (given.type !== MediaType.key) throw invalidField("type", MediaType.key);
  if (name.length < 2 || name.length > 90) throw invalidField("name", "2 to 90 characters long");
  if (description !== "" && (description.length < 2 || description.length > 240)) {
    throw invalidField("description", "2 to 240 characters long");
  }
  assertAliases(region, instance, [], aliases);
  const keyRing = headers["x-kms-key-ring"] ?? DEFAULT_RING;
  assertKeyRing(instance, `${keyRing}`);
  const expiresAt = expirationOf(region.now(), given.expirationDate);
  const { at, by } = region.act();
  return {
    id: randomUUID(),
    name,
    description,
    aliases,
    extractable,
    imported: payload !== undefined && payload !== "",
    keyRing: `${keyRing}`,
    state: "active",
    createdAt: at,
    createdBy: by,
    updatedAt: at,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    versions: [newVersion(region, payload || undefined, extractable)],
  };
}

function expirationOf(now: Date, given: string | undefined): string | undefined {
  if (!given) return undefined;
  const moment = Date.parse(given);
  if (!(moment > now.getTime())) throw invalidField("expirationDate", "a date and time in the future, as of RFC 3339");
  return new Date(moment).toISOString();
}
