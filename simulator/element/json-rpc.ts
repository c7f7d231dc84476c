import type { RpcResponse } from "../../provider/systems/element/api/types";
import { isObject } from "../chassis/json-object";
import { type Answer, type Call, type HttpRequest, isLoggedIn, type TurnedAway } from "../chassis/system";
import { findMethod } from "./catalogue";
import { ApiError } from "./cluster/errors";
import type { Cluster } from "./cluster/machine";
import { compareVersions, supportedVersions } from "./cluster/versions";
import { readParameters } from "./methods/parameters";

interface RpcRequest {
  method: string;
  params: Record<string, unknown>;
  id: string | number | null;
}

/** The API as Element serves it: Basic login, the version in the path, one call in the body of a POST. */
export function readCall(cluster: Cluster, request: HttpRequest): Call | TurnedAway {
  const version = requestedVersion(cluster, request.url);
  const call = readRpc(request.body, version ?? cluster.switches.apiVersion);
  const named = { method: call?.method ?? "", params: call?.params ?? {} };
  if (!isLoggedIn(request, cluster.secrets)) return { ...named, turnedAway: page(401, "401 Unauthorized.") };
  if (version === undefined) return { ...named, turnedAway: page(404, "404 Not Found") };
  if (request.verb !== "POST") return { ...named, turnedAway: page(405, "405 Method Not Allowed") };
  if (!call) return { ...named, turnedAway: page(400, "400 Bad Request") };
  return { ...named, perform: () => perform(cluster, version, call), fail: (error) => failed(call, error) };
}

/** The version in `/json-rpc/<version>`, with or without a slash at the end, if the cluster serves it. */
function requestedVersion(cluster: Cluster, url: string): string | undefined {
  const [, version] = /^\/json-rpc\/(\d+\.\d+)\/?$/.exec(url) ?? [];
  const served = supportedVersions(cluster.switches.apiVersion);
  return version !== undefined && served.some((other) => compareVersions(other, version) === 0) ? version : undefined;
}

/** The call in a request's body; undefined when it is none. */
function readRpc(body: string, version: string): RpcRequest | undefined {
  let request: unknown;
  try {
    request = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (!isObject(request) || typeof request.method !== "string") return undefined;
  const { method, params, id } = request;
  return {
    method: findMethod(method, version)?.name ?? method,
    params: isObject(params) ? params : {},
    id: typeof id === "string" || typeof id === "number" ? id : null,
  };
}

async function perform(cluster: Cluster, version: string, call: RpcRequest): Promise<Answer> {
  try {
    const found = findMethod(call.method, version);
    if (!found) throw new ApiError("unknownMethod", `Unknown API method: method=${call.method}`);
    if (cluster.switches.deniedMethods.includes(found.name)) {
      throw new ApiError("permissionDenied", `Permission denied: method=${call.method}`);
    }
    const { params, unused } = readParameters(found.definition.params, call.params);
    const result = await found.definition.handle(cluster, params);
    const response: RpcResponse = { id: call.id, result };
    if (Object.keys(unused).length > 0) response.unusedParameters = unused;
    return { body: { json: response, resultAt: "/result" }, outcome: "ok" };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return failed(call, { name: error.apiName(cluster.switches), message: error.message });
  }
}

/** Every error of the system has code 500, in an answer of HTTP status 200. */
function failed(call: RpcRequest, { name, message }: { name: string; message: string }): Answer {
  const response: RpcResponse = { id: call.id, error: { code: 500, name, message } };
  return { body: { json: response }, outcome: name };
}

function page(status: number, text: string): Answer {
  const html = `<!DOCTYPE html><html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>`;
  return { status, body: { text: html, contentType: "text/html" }, outcome: `http-${status}` };
}
