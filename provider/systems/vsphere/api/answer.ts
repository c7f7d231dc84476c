import { PermissionDeniedError, UnexpectedAnswerError } from "../../../connections/errors";
import { type Call, explain, runAgain } from "../../../connections/https/call";
import { ofPeer } from "../../../connections/https/masking";
import { ShapeError } from "../../../connections/https/shapes";
import { CALLS } from "./calls";
import { VsphereApiError } from "./errors";
import { VCENTER } from "./peer";

/** What a vCenter says instead of a result. */
export interface Refusal {
  /** In its own name for the reason. */
  vendorName: string;
  message: string;
  /** Where it was said, such as `HTTP 400`. */
  where: string;
}

const NO_PRIVILEGE = new Set(["UNAUTHORIZED", "NoPermission"]);

/** The error of a refusal, whichever API and channel it came by. */
export function errorOf(call: Call, { vendorName, message, where }: Refusal): Error {
  const name = ofPeer(vendorName, call.secrets, "an error");
  const told = ofPeer(message, call.secrets, "words that may show a secret");
  const reason = `${name}: ${told} (${where})`;
  if (NO_PRIVILEGE.has(vendorName)) {
    const privileges = CALLS[call.method]?.access?.join(" and ");
    const wayOut = `give the connection's user a role with ${privileges ?? "the privilege that the method needs"}`;
    return new PermissionDeniedError(explain(call, reason, wayOut));
  }
  const wayOut = "see the API reference of this method; the vCenter's own logs have more about it";
  return new VsphereApiError(explain(call, reason, wayOut), vendorName);
}

/** The error of an answer that is not as documented. */
export function unexpected(call: Call, reason: string): UnexpectedAnswerError {
  const wayOut = runAgain(call, `check that ${call.endpoint} is ${VCENTER.service}`);
  return new UnexpectedAnswerError(explain(call, reason, wayOut));
}

/** What `read` makes of an answer; where it is not as documented, an error that names the place. */
export function asDocumented<T>(call: Call, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw unexpected(
      call,
      error.message.replace(QUOTE, (quote) => ofPeer(quote, call.secrets, "another text")),
    );
  }
}

/** A text of the vCenter within a complaint. */
const QUOTE = /the text "(?:[^"\\]|\\.)*"/;
