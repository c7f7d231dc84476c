import { setTimeout as delay } from "node:timers/promises";
import type { RpcResponse } from "../../provider/element/api/types";
import type { Delivery } from "../chassis/delivery";
import { type FaultAction, isSubstitute, type Substitute } from "../chassis/fault-actions";
import type { FaultRules } from "../chassis/fault-rules";
import { replaced } from "../chassis/replacements";
import { findMethod } from "./catalogue";
import type { Cluster } from "./cluster/cluster";
import { ApiError } from "./cluster/errors";
import { isObject, readParameters } from "./methods/parameters";

/** What goes onto the wire, and what is noted of it. */
export type Answer =
  | { kind: "rpc"; response: RpcResponse; outcome: string; delivery?: Delivery }
  | { kind: "http"; status: number; body: string; outcome: string }
  | { kind: "null"; outcome: "null-body" }
  | { kind: "drop"; outcome: "dropped" }
  | { kind: "silence"; outcome: "unanswered" };

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
  const { action, when = "before", delayMs = 0 } = rules.hit(call.method) ?? {};
  const pause = async (moment: typeof when) => when === moment && delayMs > 0 && delay(delayMs);
  await pause("before");
  if (when === "before" && action !== undefined && isSubstitute(action)) return substitute(action, call);
  const answer = await perform(cluster, version, call);
  await pause("after");
  return action === undefined ? answer : disturbed(answer, action, call);
}

async function perform(cluster: Cluster, version: string, call: Call): Promise<Answer> {
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
    return { kind: "rpc", response, outcome: "ok" };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return failed(call, error.apiName(cluster.switches), error.message);
  }
}

function disturbed(answer: Answer, action: FaultAction, call: Call): Answer {
  if (isSubstitute(action)) return substitute(action, call);
  if (answer.kind !== "rpc") return answer;
  if (!("result" in action)) return { ...answer, delivery: action };
  if (answer.response.result === undefined) return answer;
  return { ...answer, response: { ...answer.response, result: replaced(answer.response.result, action.result) } };
}

function substitute(action: Substitute, call: Call): Answer {
  if ("error" in action) return failed(call, action.error.name, action.error.message);
  if ("httpStatus" in action) {
    const { httpStatus: status, body = `<html><body>${status}</body></html>` } = action;
    return { kind: "http", status, body, outcome: `http-${status}` };
  }
  if ("drop" in action) return { kind: "drop", outcome: "dropped" };
  return "silence" in action ? { kind: "silence", outcome: "unanswered" } : { kind: "null", outcome: "null-body" };
}

/** Every error of the system has code 500, in an answer of HTTP status 200. */
function failed(call: Call, name: string, message: string): Answer {
  return { kind: "rpc", response: { id: call.id, error: { code: 500, name, message } }, outcome: name };
}
