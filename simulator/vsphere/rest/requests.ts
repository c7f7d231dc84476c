import { slotsOf } from "../../chassis/path-template";
import type { Answer, Call, HttpRequest, TurnedAway } from "../../chassis/system";
import type { RestMethod } from "../methods";
import { hasTrustAuthority } from "../vcenter/api-version";
import { invalidArgument, VCenterError } from "../vcenter/errors";
import type { VCenter } from "../vcenter/machine";
import type { Session } from "../vcenter/sessions";
import { answered, failed, refused, unauthenticated } from "./answers";
import { maskedParams } from "./masking";
import { isTask, type RestRequest, type Route, type RoutedMethod, type Routes } from "./route";
import { startTask } from "./tasks";

const BASE = "/api";
const TRUSTED_INFRASTRUCTURE = "com.vmware.vcenter.trusted_infrastructure";

export const isForRest = ({ url }: HttpRequest): boolean => url.startsWith(`${BASE}/`);

/** A request to the REST API: a session in a header, the call in verb, path and the parameter `action`. */
export function readRestRequest(vcenter: VCenter, routes: Routes, request: HttpRequest): Call | TurnedAway {
  const { pathname, searchParams: query } = new URL(`https://vcenter.invalid${request.url}`);
  if (request.verb === "POST" && pathname === `${BASE}/session`) return login(vcenter, request);
  const found = match(vcenter, routes, request.verb, pathname, query);
  const params = { ...maskedParams(found, query, request.body), ...askedTask(vcenter, found) };
  const named = { method: found?.method ?? "", params };
  const session = vcenter.sessions.use(request.headers["vmware-api-session-id"]);
  if (session === undefined) return { ...named, turnedAway: unauthenticated() };
  if (found === undefined) {
    const error = new VCenterError("noSuchPath", `There is no ${request.verb} ${pathname}.`);
    return { ...named, turnedAway: refused(vcenter.switches, error) };
  }
  const perform = () => performed(routes, found, { vcenter, session, query, slots: found.slots, text: request.body });
  return { ...named, perform, fail: (error) => failed(vcenter.switches, error) };
}

/** What a task does that is asked for, so that the log and fault rules can tell tasks apart. */
function askedTask({ state }: VCenter, found: Found | undefined): object {
  const task = found?.method === "getTask" && state.tasks.find(({ id }) => id === found.slots.task);
  return task ? { of: task.method } : {};
}

function login(vcenter: VCenter, { headers }: HttpRequest): Call {
  const [, basic = ""] = /^Basic (\S+)$/i.exec(headers.authorization ?? "") ?? [];
  const [user = "", ...password] = Buffer.from(basic, "base64").toString().split(":");
  return {
    method: "createSession" satisfies RestMethod,
    params: { user },
    perform: async () => {
      if (!vcenter.isPassword(user, password.join(":"))) return unauthenticated();
      return answered({ status: 201, json: vcenter.sessions.open(user).token });
    },
    fail: (error) => failed(vcenter.switches, error),
  };
}

export interface Found {
  method: RoutedMethod;
  route: Route;
  slots: Record<string, string>;
}

function match(
  { state }: VCenter,
  routes: Routes,
  verb: string,
  path: string,
  query: URLSearchParams,
): Found | undefined {
  for (const [method, route] of Object.entries(routes) as [RoutedMethod, Route][]) {
    if (route.verb !== verb || (route.action ?? null) !== query.get("action")) continue;
    if (route.service.startsWith(TRUSTED_INFRASTRUCTURE) && !hasTrustAuthority(state.apiVersion)) continue;
    const slots = slotsOf(`${BASE}${route.path}`, path);
    if (slots) return { method, route, slots };
  }
  return undefined;
}

type Asked = Omit<RestRequest, "body"> & { session: Session; text: string };

async function performed(routes: Routes, { method, route }: Found, { text, ...asked }: Asked): Promise<Answer> {
  const { switches } = asked.vcenter;
  try {
    if (switches.deniedMethods.includes(method)) throw new VCenterError("unauthorized", "Permission was denied.");
    const request = { ...asked, body: parsed(text) };
    if (!isTask(route)) return answered(await route.handle(request));
    if (request.query.get("vmw-task") !== "true" && switches.withoutTaskParameter === "refuse") {
      throw invalidArgument("vmw-task", `${method} is there as a task alone: vmw-task must be true.`);
    }
    if (switches.errorChannel === "http") route.prepare(request);
    return answered({ status: 202, json: await startTask(routes, method, route, request) });
  } catch (error) {
    if (error instanceof VCenterError) return refused(switches, error);
    throw error;
  }
}

function parsed(text: string): unknown {
  if (text.trim() === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw invalidArgument("", "The body is not JSON.");
  }
}
