import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { type Delivery, deliver } from "./delivery";
import { type FaultAction, isSubstitute, type Substitute } from "./fault-actions";
import type { FaultRule, FaultRules } from "./fault-rules";
import { type Replacements, replacedBelow } from "./replacements";
import type { RequestLog } from "./requests";
import type { Answer, Call, HttpRequest, TurnedAway } from "./system";

/** Called when a method has had its effect. The answer waits for it. */
export type BeforeAnswer = (method: string) => void | Promise<void>;

export interface ExchangeOptions {
  read(request: HttpRequest): Call | TurnedAway;
  faults: FaultRules;
  log: RequestLog;
  now(): Date;
  beforeAnswer?: BeforeAnswer;
}

/** An answer as it goes out: whole, in a delivery of its own, or never. */
type Outgoing = (Answer & { delivery?: Delivery }) | { never: "drop" | "silence"; outcome: string };

/** Has the system answer each request, applies fault rules to the answer, and notes the request in the log. */
export function exchange(options: ExchangeOptions): RequestListener {
  return (request, response) => {
    handle(options, request, response).catch((error: Error) => response.destroy(error));
  };
}

async function handle(
  { read, faults, log, now, beforeAnswer }: ExchangeOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const time = now().toISOString();
  const began = performance.now();
  const { method: verb = "", url = "", headers } = request;
  const call = read({ verb, url, headers, body: await text(request) });
  const { method, params } = call;
  const answer = "turnedAway" in call ? call.turnedAway : await answerTo(call, faults.hit(method, params));
  log.add({ time, method, params, milliseconds: performance.now() - began, outcome: answer.outcome });
  if (method !== "") await beforeAnswer?.(method);
  await send(response, answer);
}

async function answerTo(call: Call, rule: FaultRule | undefined): Promise<Outgoing> {
  const { action, when = "before", delayMs = 0 } = rule ?? {};
  const pause = async (moment: typeof when) => when === moment && delayMs > 0 && delay(delayMs);
  await pause("before");
  if (when === "before" && action !== undefined && isSubstitute(action)) return substitute(action, call);
  const answer = await call.perform();
  await pause("after");
  return action === undefined ? answer : disturbed(answer, action, call);
}

function disturbed(answer: Answer, action: FaultAction, call: Call): Outgoing {
  if (isSubstitute(action)) return substitute(action, call);
  if ("result" in action) return withReplacements(answer, action.result);
  return "replaceText" in action ? withOtherText(answer, action.replaceText) : { ...answer, delivery: action };
}

function withReplacements(answer: Answer, replacements: Replacements): Answer {
  const { body } = answer;
  if (body === undefined || !("json" in body) || body.resultAt === undefined) return answer;
  return { ...answer, body: { ...body, json: replacedBelow(body.resultAt, body.json, replacements) } };
}

function withOtherText(answer: Answer, replacements: Record<string, string>): Answer {
  const { body } = answer;
  if (body === undefined || !("text" in body)) return answer;
  const replaced = Object.entries(replacements).reduce(
    (text, [from, to]) => text.replaceAll(from, () => to),
    body.text,
  );
  return { ...answer, body: { ...body, text: replaced } };
}

function substitute(action: Substitute, call: Call): Outgoing {
  if ("error" in action) return call.fail(action.error);
  if ("httpStatus" in action) {
    const { httpStatus: status, body = `<html><body>${status}</body></html>`, headers } = action;
    return { status, headers, body: { text: body, contentType: "text/html" }, outcome: `http-${status}` };
  }
  if ("drop" in action) return { never: "drop", outcome: "dropped" };
  if ("silence" in action) return { never: "silence", outcome: "unanswered" };
  return { body: { json: null }, outcome: "null-body" };
}

async function send(response: ServerResponse, answer: Outgoing): Promise<void> {
  if ("never" in answer) {
    if (answer.never === "drop") response.socket?.destroy();
    return;
  }
  const { status = 200, headers = {}, body, delivery } = answer;
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  if (body === undefined) return void response.end();
  if (!response.hasHeader("Content-Type")) response.setHeader("Content-Type", body.contentType ?? "application/json");
  const content = "json" in body ? JSON.stringify(body.json) : body.text;
  if (delivery !== undefined) return deliver(response, content, delivery);
  response.end(content);
}
