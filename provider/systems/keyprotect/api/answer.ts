import { randomUUID } from "node:crypto";
import {
  ConnectionThrottledError,
  ConnectionUnreachableError,
  PermissionDeniedError,
  UnexpectedAnswerError,
} from "../../../connections/errors";
import { type Call, explain, runAgain } from "../../../connections/https/call";
import { ofPeer } from "../../../connections/https/masking";
import { isObject, ShapeError } from "../../../connections/https/shapes";
import type { HttpAnswer } from "../../../connections/https/transport";
import type { Clock } from "../../../core/clock";
import { linesWithoutControlCharacters, withoutControlCharacters } from "../../../core/display";
import { KeyProtectApiError } from "./errors";
import { OPERATIONS } from "./operations";
import { KEY_PROTECT } from "./peer";
import { RESULTS } from "./results";
import type { Operation, Result } from "./types";

/** By which IBM's support finds one request. */
export const newCorrelationId = (): string => randomUUID();

/** One try of a call. */
export interface KeyProtectCall<O extends Operation = Operation> extends Call {
  method: O;
  /** Of the request; an answer may name another one. */
  correlationId: string;
}

/** The result that an answer holds; throws what it says instead. */
export function resultOf<O extends Operation>(
  call: KeyProtectCall<O>,
  answer: HttpAnswer,
  clock: Pick<Clock, "now">,
): Result<O> {
  const { status, body } = answer;
  if (status >= 200 && status < 300) return shapedResult(call, answer);
  const { vendorName, message } = reasonIn(body, status);
  const name = ofPeer(vendorName, call.secrets, "an error");
  const told = ofPeer(message, call.secrets, "words that may show a secret");
  const reason = `${name}: ${told} (HTTP ${status}, correlation ID ${correlationIdOf(call, answer)})`;
  if (status === 401 || status === 403) {
    const wayOut = `give the API key's owner the IAM action ${OPERATIONS[call.method].access[0]} on this instance (the roles Manager and KmipAdapterManager have those of KMIP), and check the connection's instance and region`;
    return raise(new PermissionDeniedError(explain(call, reason, wayOut)));
  }
  if (status === 429) {
    const wayOut = "wait for a minute, then run again, with fewer calls at a time where somebody else calls too";
    return raise(new ConnectionThrottledError(explain(call, reason, wayOut), pauseOf(answer, clock)));
  }
  if (status >= 500 && status !== 501) {
    const wayOut = runAgain(call, "see the status of Key Protect in this region");
    return raise(new ConnectionUnreachableError(explain(call, reason, wayOut)));
  }
  const wayOut = "see the API reference of this operation; IBM's support finds the request by its correlation ID";
  return raise(new KeyProtectApiError(explain(call, reason, wayOut), vendorName, status));
}

function raise(error: Error): never {
  throw error;
}

/** The first reason of an error, in Key Protect's own name for it. */
function reasonIn(body: string, status: number): { vendorName: string; message: string } {
  const answer = parse(body);
  const [resource] = isObject(answer) && Array.isArray(answer.resources) ? answer.resources : [];
  const { errorMsg, reasons } = isObject(resource) ? resource : ({} as Record<string, unknown>);
  const [first] = Array.isArray(reasons) ? reasons.filter(isObject) : [];
  const message = [first?.message, errorMsg].find((text) => typeof text === "string" && text !== "");
  return {
    vendorName: typeof first?.code === "string" && first.code !== "" ? first.code : `HTTP ${status}`,
    message: typeof message === "string" ? message : "no reason given",
  };
}

function correlationIdOf({ correlationId }: KeyProtectCall, { headers }: HttpAnswer): string {
  const told = headers["correlation-id"];
  return typeof told === "string" && /^[\w-]{1,64}$/.test(told) ? told : correlationId;
}

/** What the header Retry-After asks for: seconds, or a date. */
function pauseOf({ headers }: HttpAnswer, clock: Pick<Clock, "now">): number {
  const asked = headers["retry-after"];
  if (typeof asked !== "string") return 0;
  if (/^\d+$/.test(asked)) return Number(asked) * 1000;
  const date = Date.parse(asked);
  return Number.isNaN(date) ? 0 : Math.max(0, date - clock.now().getTime());
}

function shapedResult<O extends Operation>(call: KeyProtectCall<O>, { status, body }: HttpAnswer): Result<O> {
  try {
    // Of what tells nothing, the body is empty or not, as IBM's own clients have seen both.
    return RESULTS[call.method](status === 204 ? undefined : parse(body), "answer");
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const wayOut = runAgain(call, `check that ${call.endpoint} is ${KEY_PROTECT.service}`);
    const reason = error.message.replace(QUOTE, (quote) => ofPeer(quote, call.secrets, "another text"));
    throw new UnexpectedAnswerError(explain(call, reason, wayOut));
  }
}

/** A text of the instance within a complaint. */
const QUOTE = /the text "(?:[^"\\]|\\.)*"/;

/** `undefined` for what is no JSON. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body, displayable);
  } catch {
    return undefined;
  }
}

/** The texts of an instance, as they may reach a terminal. */
function displayable(member: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  return member === "certificate" ? linesWithoutControlCharacters(value) : withoutControlCharacters(value);
}
