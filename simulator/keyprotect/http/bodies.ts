import { isObject } from "../../chassis/json-object";
import { type Fields, integer, type Kind, text } from "../../chassis/kinds";
import { ServiceError } from "../region/errors";
import type { MediaTypeName } from "./route";

const anything: Kind<unknown[]> = {
  expected: "array",
  accept: (value) => (Array.isArray(value) ? value : undefined),
};

export function structure<R>(fields: Fields<R>): Kind<Partial<R>> {
  return { expected: "object", accept: (value) => (isObject(value) ? readFields(value, fields) : undefined) };
}

const envelope: Fields<{ metadata: object; resources: unknown[] }> = {
  metadata: structure({ collectionType: text, collectionTotal: integer }),
  resources: anything,
};

const badBody = (why: string): ServiceError =>
  new ServiceError(
    "badBody",
    `Invalid body data was passed. Please ensure the data passed had valid formatting with no invalid characters: ${why}`,
  );

/** The one resource in a collection that is to be created. */
export function readResource<R>(body: string, type: MediaTypeName, fields: Fields<R>): Partial<R> {
  const { metadata, resources } = readFields(parsed(body), envelope) as {
    metadata?: { collectionType?: string; collectionTotal?: number };
    resources?: unknown[];
  };
  if (metadata?.collectionType === undefined) throw badBody("CollectionMetadata is empty");
  if (metadata.collectionType !== type) throw badBody(`collectionType is not ${type}`);
  if (resources?.length !== 1) throw badBody("Only creation of one resource per request is supported");
  if (metadata.collectionTotal !== 1) {
    throw new ServiceError("collectionTotal", "Collection total does not match number of resources");
  }
  return readFields(resources[0], fields);
}

/** A body that is no collection. */
export function readObject<R>(body: string, fields: Fields<R>): Partial<R> {
  return readFields(parsed(body), fields);
}

/** The body of an action, which may be missing: IBM's own clients send nothing, `{}` and `null`. */
export function readAction<R>(body: string, fields: Fields<R>): Partial<R> {
  const given = body.trim() === "" ? null : parsed(body);
  return given === null ? {} : readFields(given, fields);
}

function parsed(body: string): unknown {
  if (body.trim() === "") throw new ServiceError("noBody", "Missing body in request");
  try {
    return JSON.parse(body);
  } catch {
    throw badBody("invalid character in JSON");
  }
}

/** As the service reads objects: names in any letter case, null for nothing, and no other field. */
function readFields<R>(given: unknown, fields: Fields<R>): Partial<R> {
  if (!isObject(given)) throw badBody("json: cannot unmarshal into an object");
  const kinds = Object.entries(fields) as [string, Kind<unknown>][];
  const read: Record<string, unknown> = {};
  for (const [spelling, value] of Object.entries(given)) {
    const [name, kind] = kinds.find(([known]) => known.toLowerCase() === spelling.toLowerCase()) ?? [];
    if (name === undefined || kind === undefined) throw badBody(`json: unknown field "${spelling}"`);
    if (value === null) continue;
    read[name] = kind.accept(value);
    if (read[name] === undefined) throw badBody(`json: cannot unmarshal field ${name} into ${kind.expected}`);
  }
  return read as Partial<R>;
}
