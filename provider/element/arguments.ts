import { isIP } from "node:net";
import { isDisplayable } from "../display";
import type { CheckFailure } from "../lifecycle";
import { isUnknown } from "../unknown";

/** Checks of single arguments: each answers with what is wrong at `property`, and passes a value not known yet. */
export type Complaint = string | undefined;

export function checkArgument(
  property: string,
  value: unknown,
  complain: (value: unknown) => Complaint,
): CheckFailure[] {
  if (isUnknown(value)) return [];
  const reason = complain(value);
  return reason === undefined ? [] : [{ property, reason }];
}

export const optional =
  (complain: (value: unknown) => Complaint) =>
  (value: unknown): Complaint =>
    value === undefined ? undefined : complain(value);

export const textComplaint = (value: unknown): Complaint =>
  typeof value === "string" ? undefined : "must be a string";

export const booleanComplaint = (value: unknown): Complaint =>
  typeof value === "boolean" ? undefined : "must be true or false";

export const oneOfComplaint =
  (texts: readonly string[]) =>
  (value: unknown): Complaint =>
    texts.some((text) => text === value) ? undefined : `must be ${texts.map((text) => `"${text}"`).join(" or ")}`;

export { triggersComplaint } from "../triggers";

const MAX_NAME = 255;

export function nameComplaint(value: unknown): Complaint {
  if (typeof value !== "string") return "must be a string";
  if (value.trim() === "") return "must not be blank";
  if (value.length > MAX_NAME) return `must have at most ${MAX_NAME} characters`;
  if (!isDisplayable(value)) return "must not contain control characters";
  return undefined;
}

export function portComplaint(value: unknown): Complaint {
  return Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 65535
    ? undefined
    : "must be a port: a whole number from 1 to 65535";
}

/** Resolvers read such a name as an IPv4 address, whatever stands before. */
const LAST_LABEL_IS_NUMBER = /(^|\.)([0-9]+|0x[0-9a-f]*)\.?$/i;

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i;

export function hostnameComplaint(value: unknown): Complaint {
  if (typeof value !== "string") return "must be a string";
  if (value === "") return "must not be empty";
  if (value.includes("%")) return "must not have a zone: the cluster's nodes have other interfaces than this machine";
  if (isIP(value) !== 0) return undefined;
  if (LAST_LABEL_IS_NUMBER.test(value)) return "is neither an IP address nor a host name";
  const labels = value.replace(/\.$/, "").split(".");
  if (value.length <= 253 && labels.every((label) => LABEL.test(label))) return undefined;
  return "is neither a host name nor an IP address (give international names in their xn-- form, and no port)";
}

/** A reference to another resource's id, or an id to adopt. */
export const idComplaint = (value: unknown): Complaint =>
  typeof value === "string" && /^[1-9][0-9]{0,15}$/.test(value) && Number.isSafeInteger(Number(value))
    ? undefined
    : "must be an id: a whole number as text";

export const fingerprintComplaint = (value: unknown): Complaint =>
  typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
    ? undefined
    : "must be a public key's SHA-256 fingerprint: 64 hexadecimal digits in lower case";

export const adoptComplaint = (value: unknown): Complaint =>
  value === "match" || idComplaint(value) === undefined
    ? undefined
    : 'must be the id of an existing object, or "match" for the one that equals the declared one';

/** For what exists once, on a cluster or for each server, and so needs no id. */
export const adoptMatchComplaint = (value: unknown): Complaint =>
  value === "match" ? undefined : 'must be "match": there is only one to adopt';
