import { ConnectionUnreachableError } from "../../../../connections/errors";
import { type Call, explain, runAgain } from "../../../../connections/https/call";
import { isObject } from "../../../../connections/https/shapes";
import type { HttpAnswer } from "../../../../connections/https/transport";
import { errorOf, type Refusal } from "../answer";
import { displayable } from "../texts";

/** What a good answer holds, `undefined` where that is no JSON; throws what it says instead. */
export function contentOf(call: Call, { status, body }: HttpAnswer): unknown {
  const content = parse(body);
  if (status >= 200 && status < 300) return content;
  const refusal = refusalIn(content, `HTTP ${status}`);
  if (refusal !== undefined) throw errorOf(call, refusal);
  if (status >= 500 && status !== 501) {
    const wayOut = runAgain(call, "wait until the vCenter is in service");
    throw new ConnectionUnreachableError(explain(call, `the vCenter answered with HTTP ${status}`, wayOut));
  }
  const vendorName = status === 403 ? "UNAUTHORIZED" : `HTTP ${status}`;
  throw errorOf(call, { vendorName, message: "no reason given", where: `HTTP ${status}` });
}

/** The error in a content that is of the documented form. */
export function refusalIn(content: unknown, where: string): Refusal | undefined {
  if (!isObject(content) || typeof content.error_type !== "string" || content.error_type === "") return undefined;
  const messages = Array.isArray(content.messages) ? content.messages.filter(isObject) : [];
  const told = messages.map((each) => each.default_message).filter((text) => typeof text === "string" && text !== "");
  return { vendorName: content.error_type, message: told.join("; ") || "no reason given", where };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body, (_, value) => (typeof value === "string" ? displayable(value) : value));
  } catch {
    return undefined;
  }
}
