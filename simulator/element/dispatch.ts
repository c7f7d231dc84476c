import { setTimeout as delay } from "node:timers/promises";
import type { RpcResponse } from "../../provider/element/api/types";
import { findMethod } from "./catalogue";
import type { Cluster } from "./cluster";
import { ApiError } from "./errors";
import type { FaultAction, FaultRule, FaultRules } from "./fault-rules";
import { isObject, readParameters } from "./parameters";

/** What goes onto the wire, and what is noted of it. */
export type Answer =
  | { kind: "rpc"; response: RpcResponse; outcome: string }
  | { kind: "http"; status: number; body: string; outcome: string }
  | { kind: "null"; outcome: "null-body" }
  | { kind: "drop"; outcome: "dropped" };

export interface Call {
  method: string;
  params: Record<string, unknown>;
  id: string | number | null;
}

/** The call in a request's body; undefined when it is none. */
export function readCall(body: string, version: string): Call | undefined {
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

export async function answerCall(cluster: Cluster, rules: FaultRules, version: string, call: Call): Promise<Answer> {
  const rule = rules.hit(call.method);
  if (rule && (rule.when ?? "before") === "before") {
    const disturbed = await disturb(rule, call);
    if (disturbed) return disturbed;
  }
  const answer = await perform(cluster, version, call);
  return (rule?.when === "after" && (await disturb(rule, call))) || answer;
}

async function perform(cluster: Cluster, version: string, call: Call): Promise<Answer> {
  try {
    const found = findMethod(call.method, version);
    if (!found) throw new ApiError("unknownMethod", `Unknown API method: method=${call.method}`);
    const { params, unused } = readParameters(found.definition.params, call.params);
    const result = await found.definition.handle(cluster, params);
    const response: RpcResponse = { id: call.id, result };
    if (Object.keys(unused).length > 0) response.unusedParameters = unused;
    return { kind: "rpc", response, outcome: "ok" };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return failed(call, error.apiName(cluster.switches), error.message);
  }
}

async function disturb(rule: FaultRule, call: Call): Promise<Answer | undefined> {
  if (rule.delayMs) await delay(rule.delayMs);
  return rule.action && disturbance(rule.action, call);
}

function disturbance(action: FaultAction, call: Call): Answer {
  if ("error" in action) return failed(call, action.error.name, action.error.message);
  if ("httpStatus" in action) {
    const { httpStatus: status, body = `<html><body>${status}</body></html>` } = action;
    return { kind: "http", status, body, outcome: `http-${status}` };
  }
  return "drop" in action ? { kind: "drop", outcome: "dropped" } : { kind: "null", outcome: "null-body" };
}

/** Every error of the system has code 500, in an answer of HTTP status 200. */
function failed(call: Call, name: string, message: string): Answer {
  return { kind: "rpc", response: { id: call.id, error: { code: 500, name, message } }, outcome: name };
}
