import type { Answer } from "../../chassis/system";
import { type Refusal, VCenterError } from "../vcenter/errors";
import type { Switches } from "../vcenter/switches";
import { messageOf } from "./messages";
import type { Result } from "./route";

/** Status and `error_type` of each cause. */
const refusalsOnWire: Record<Refusal | "unauthenticated", { status: number; errorType: string }> = {
  alreadyExists: { status: 400, errorType: "ALREADY_EXISTS" },
  invalidArgument: { status: 400, errorType: "INVALID_ARGUMENT" },
  unexpectedInput: { status: 400, errorType: "UNEXPECTED_INPUT" },
  notFound: { status: 404, errorType: "NOT_FOUND" },
  noSuchPath: { status: 404, errorType: "NOT_FOUND" },
  resourceInUse: { status: 400, errorType: "RESOURCE_IN_USE" },
  notAllowed: { status: 400, errorType: "NOT_ALLOWED_IN_CURRENT_STATE" },
  unauthenticated: { status: 401, errorType: "UNAUTHENTICATED" },
  unauthorized: { status: 403, errorType: "UNAUTHORIZED" },
  error: { status: 500, errorType: "ERROR" },
};

/** Whom 401 asks to log in, and how. */
const CHALLENGE =
  'Basic realm="VAPI endpoint", SIGN realm="simulated",service="VAPI endpoint",sts="https://simulated/sts"';

export const answered = ({ json, status = json === undefined ? 204 : 200 }: Result): Answer => ({
  status,
  ...(json === undefined ? {} : { body: { json, resultAt: "" } }),
  outcome: "ok",
});

/** An error as tasks tell it, and answers. */
export const errorOf = ({ refusal, message }: VCenterError): object => ({
  error_type: refusalsOnWire[refusal].errorType,
  messages: [messageOf(refusal, message)],
});

export const refused = ({ errorStatuses }: Switches, error: VCenterError): Answer => {
  const { status, errorType } = refusalsOnWire[error.refusal];
  return { status: errorStatuses[error.refusal] ?? status, body: { json: errorOf(error) }, outcome: errorType };
};

export const unauthenticated = (): Answer => ({
  status: 401,
  headers: { "WWW-Authenticate": CHALLENGE },
  body: {
    json: {
      error_type: "UNAUTHENTICATED",
      messages: [messageOf("unauthenticated", "Authentication required.")],
      challenge: CHALLENGE,
    },
  },
  outcome: "UNAUTHENTICATED",
});

/** The answer of a fault rule, whose name is an `error_type` or a cause. */
export function failed(switches: Switches, { name, message }: { name: string; message: string }): Answer {
  const known = Object.entries(refusalsOnWire).find(([cause, { errorType }]) => [cause, errorType].includes(name));
  if (known === undefined) {
    return { status: 500, body: { json: { error_type: name, messages: [messageOf(name, message)] } }, outcome: name };
  }
  return known[0] === "unauthenticated"
    ? unauthenticated()
    : refused(switches, new VCenterError(known[0] as Refusal, message));
}
