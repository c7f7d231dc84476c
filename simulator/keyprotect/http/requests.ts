import { randomUUID } from "node:crypto";
import { isObject } from "../../chassis/json-object";
import { slotsOf } from "../../chassis/path-template";
import type { Answer, Call, HttpRequest, TurnedAway } from "../../chassis/system";
import { assertBearer } from "../iam/tokens";
import { ageKeys } from "../keys/aging";
import { ServiceError } from "../region/errors";
import type { Region } from "../region/machine";
import { isUuid } from "../region/names";
import type { Instance } from "../region/state";
import { type Asked, answered, failed, refused } from "./answers";
import type { ServiceMethod } from "./methods";
import type { Route, Routes, ServiceRequest } from "./route";

const BASE = "/api/v2";
const NO_ACCESS = "Unauthorized: The user does not have access to the specified resource";

/** A request to the service: a bearer token, the instance in a header, the call in verb and path. */
export function readServiceRequest(
  region: Region,
  routes: Routes<ServiceMethod>,
  request: HttpRequest,
): Call | TurnedAway {
  const { pathname, searchParams: query } = new URL(`https://service.invalid${request.url}`);
  const { found, ofOtherVerb } = match(routes, request.verb, pathname);
  const asked: Asked = {
    switches: region.switches,
    correlationID: correlationIDOf(request),
    accept: request.headers.accept,
    failure: found?.route.failure ?? "Action could not be performed",
  };
  const named = { method: found?.method ?? "", params: paramsOf(request, query, found?.slots) };
  const turnAway = (error: ServiceError) => ({ ...named, turnedAway: refused(asked, error) });
  try {
    assertBearer(region, request.headers.authorization);
    if (ofOtherVerb) throw new ServiceError("methodNotAllowed", `${request.verb} is not allowed on ${pathname}`);
    if (!found) throw new ServiceError("noSuchPath", `there is no ${pathname}`);
    const { route, slots, method } = found;
    const instance = instanceOf(region, request);
    const { headers, body } = request;
    const perform = () => performed(asked, method, route, { region, instance, slots, query, headers, body });
    return { ...named, perform, fail: (error) => failed(asked, error) };
  } catch (error) {
    if (error instanceof ServiceError) return turnAway(error);
    throw error;
  }
}

interface Found {
  method: ServiceMethod;
  route: Route;
  slots: Record<string, string>;
}

function match(routes: Routes<ServiceMethod>, verb: string, path: string): { found?: Found; ofOtherVerb: boolean } {
  const candidates = (Object.entries(routes) as [ServiceMethod, Route][]).flatMap(([method, route]): Found[] => {
    const slots = slotsOf(`${BASE}${route.path}`, path);
    return slots ? [{ method, route, slots }] : [];
  });
  const found = candidates.find(({ route }) => route.verb === verb);
  return { found, ofOtherVerb: found === undefined && candidates.length > 0 };
}

function correlationIDOf({ headers }: HttpRequest): string {
  const given = headers["correlation-id"];
  return typeof given === "string" && isUuid(given) ? given : randomUUID();
}

function instanceOf({ state, switches }: Region, { headers }: HttpRequest): Instance {
  const target = { type: "header", name: "bluemix-instance" } as const;
  const given = headers[target.name];
  if (typeof given !== "string" || given === "") {
    throw new ServiceError("instanceMissing", "The header `bluemix-instance` is required", target);
  }
  const byCrn = switches.instanceHeader === "guidOrCrn";
  const instance = state.instances.find(({ guid, crn }) => guid === given || (byCrn && crn === given));
  if (instance) return instance;
  throw new ServiceError("instanceUnknown", NO_ACCESS);
}

async function performed(asked: Asked, method: ServiceMethod, route: Route, request: ServiceRequest): Promise<Answer> {
  const { region } = request;
  try {
    if (region.switches.deniedMethods.includes(method)) throw new ServiceError("missingRight", NO_ACCESS);
    ageKeys(region);
    return answered(asked, await route.handle(request));
  } catch (error) {
    if (error instanceof ServiceError) return refused(asked, error);
    throw error;
  }
}

/** For the log: what stands in path, query and body, but for key material. */
function paramsOf({ body, headers }: HttpRequest, query: URLSearchParams, slots: Record<string, string> = {}) {
  const instance = headers["bluemix-instance"];
  return { instance, ...slots, ...Object.fromEntries(query), ...resourceIn(body) };
}

function resourceIn(body: string): object {
  try {
    const given: unknown = JSON.parse(body);
    const resource = isObject(given) && Array.isArray(given.resources) ? given.resources[0] : given;
    const fields = isObject(resource) ? Object.entries(resource) : [];
    return Object.fromEntries(fields.map(([name, value]) => [name, /^payload$/i.test(name) ? "***" : value]));
  } catch {
    return {};
  }
}
