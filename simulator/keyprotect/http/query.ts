import { ServiceError } from "../region/errors";
import type { Collection, MediaTypeName, ServiceRequest } from "./route";

/** How many resources a list gives at once. */
export interface PageLimits {
  usual: number;
  most: number;
}

const invalidQuery = (name: string, must: string): ServiceError =>
  new ServiceError("invalidQuery", `The query parameter \`${name}\` must be: ${must}`, { type: "query_param", name });

/** The part of a list that a request asks for, and how long the list is if it asks for that. */
export function pageOf<T>(
  { query, region }: ServiceRequest,
  { usual, most }: PageLimits,
  type: MediaTypeName,
  all: readonly T[],
  resourceOf: (item: T) => object,
): Collection {
  const asked = numberIn(query, "limit", 1) ?? usual;
  if (asked > most && region.switches.beyondPageLimit === "refuse") throw invalidQuery("limit", `at most ${most}`);
  const offset = numberIn(query, "offset", 0) ?? 0;
  const resources = all.slice(offset, offset + Math.min(asked, most)).map(resourceOf);
  return { type, resources, ...(flagIn(query, "totalCount") ? { totalCount: all.length } : {}) };
}

/** Python's clients spell `True`. */
export function flagIn(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  throw invalidQuery(name, "true or false");
}

/** The numbers of `state=1,2` as of `state=1&state=2`. IBM's generated clients send `state=` where nothing is asked for. */
export function statesIn(query: URLSearchParams, from: number, to: number): number[] | undefined {
  const given = query.getAll("state").flatMap((text) => (text === "" ? [] : text.split(",")));
  if (given.length === 0) return undefined;
  const states = given.map(Number);
  const isState = (state: number) => Number.isInteger(state) && state >= from && state <= to;
  if (!states.every(isState)) throw invalidQuery("state", `a list of integers from ${from} to ${to}`);
  return states;
}

function numberIn(query: URLSearchParams, name: string, least: number): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text) || Number(text) < least) throw invalidQuery(name, `an integer, at least ${least}`);
  return Number(text);
}
