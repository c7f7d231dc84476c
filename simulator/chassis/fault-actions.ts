import type { Delivery } from "./delivery";
import { isObject } from "./json-object";
import type { Replacements } from "./replacements";

/** Replaces the method's answer. */
export type Substitute =
  | { error: { name: string; message: string } }
  /** An HTML page, unless body and headers say otherwise. */
  | { httpStatus: number; body?: string; headers?: Record<string, string> }
  /** The connection breaks without an answer. */
  | { drop: true }
  /** The connection stays open without an answer. */
  | { silence: true }
  /** HTTP 200 with the literal `null`, as nodes answer while they start. */
  | { nullBody: true };

/**
 * A fault: another answer or none, other members in the result, other texts in a body that is not JSON, or an answer that
 * arrives broken or slowly.
 */
export type FaultAction = Substitute | { result: Replacements } | { replaceText: Record<string, string> } | Delivery;

export const isSubstitute = (action: FaultAction): action is Substitute =>
  ["error", "httpStatus", "drop", "silence", "nullBody"].some((kind) => kind in action);

/** The faults in words, for a complaint. */
export const faultActions =
  "{error: {name, message}}, {httpStatus, body, headers}, {drop: true}, {silence: true}, {nullBody: true}, " +
  "{result: {pointer: value}}, {replaceText: {text: text}}, {truncate: true}, {padToBytes} or {dripMs}";

/** Whether a script's value describes a fault in full: every error has a name and a message. */
export function isFaultAction(value: unknown): value is FaultAction {
  if (!isObject(value)) return false;
  const { error, httpStatus, body, headers = {}, result, replaceText, padToBytes, dripMs } = value;
  if (error !== undefined) {
    return isObject(error) && typeof error.name === "string" && typeof error.message === "string";
  }
  if (httpStatus !== undefined) {
    const isText = body === undefined || typeof body === "string";
    return Number.isInteger(httpStatus) && isText && isObject(headers) && Object.values(headers).every(isString);
  }
  if (result !== undefined) return isObject(result) && Object.keys(result).every((key) => /^(\/|$)/.test(key));
  if (replaceText !== undefined) return isObject(replaceText) && Object.values(replaceText).every(isString);
  const amount = padToBytes ?? dripMs;
  if (amount !== undefined) return Number.isSafeInteger(amount) && Number(amount) >= 0;
  return [value.drop, value.silence, value.nullBody, value.truncate].includes(true);
}

const isString = (value: unknown): value is string => typeof value === "string";
