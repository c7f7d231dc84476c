import { ConnectionUnreachableError, PermissionDeniedError } from "../../../../connections/errors";
import { type Call, explain, runAgain } from "../../../../connections/https/call";
import type { HttpAnswer } from "../../../../connections/https/transport";
import { errorOf, type Refusal, unexpected } from "../answer";
import { displayable } from "../texts";
import { readXml, type XmlElement, XmlError } from "./xml";

const SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

/**
 * The element of an answer that holds the result; throws the fault that is there instead. vCenters and what simulates them do
 * not always name it after the method: it ends in "Response".
 */
export function responseIn(call: Call, answer: HttpAnswer): XmlElement {
  const body = bodyIn(call, answer);
  const fault = body.children.find(({ name }) => name === "Fault");
  if (fault !== undefined) throw errorOf(call, refusalIn(fault, "a SOAP fault"));
  const response = body.children.find(({ name }) => name.endsWith("Response"));
  if (response === undefined) throw unexpected(call, "the answer has neither a response nor a fault");
  return response;
}

/** Whether an answer says that nobody is logged in. */
export function saysNotAuthenticated({ status, body }: HttpAnswer): boolean {
  if (status === 401) return true;
  // Most answers are good ones, and are read once.
  if (!body.includes(NOT_AUTHENTICATED)) return false;
  try {
    const fault = soapBody(readXml(body))?.children.find(({ name }) => name === "Fault");
    return fault !== undefined && refusalIn(fault, "").vendorName === NOT_AUTHENTICATED;
  } catch (error) {
    if (error instanceof XmlError) return false;
    throw error;
  }
}

const NOT_AUTHENTICATED = "NotAuthenticated";

/** A fault with its type, whether that is named by the schema's attribute or by the element alone. */
function refusalIn(fault: XmlElement, where: string): Refusal {
  const [detail] = fault.children.find(({ name }) => name === "detail")?.children ?? [];
  const told = fault.children.find(({ name }) => name === "faultstring")?.text ?? "";
  const code = fault.children.find(({ name }) => name === "faultcode")?.text ?? "Fault";
  const property = detail?.children.find(({ name }) => name === "invalidProperty")?.text;
  const message = displayable(told) || "no reason given";
  return {
    vendorName: displayable(typeOf(detail) ?? code),
    message: property === undefined ? message : `${message} (${displayable(property)})`,
    where,
  };
}

/** The type of a fault, as the schema calls it. */
export const typeOf = (fault: XmlElement | undefined): string | undefined =>
  fault?.xsiType ?? fault?.name.replace(/Fault$/, "");

function bodyIn(call: Call, { status, body }: HttpAnswer): XmlElement {
  // A fault comes with HTTP 500.
  if (status !== 200 && status !== 500) throw httpError(call, status);
  try {
    const found = soapBody(readXml(body));
    if (found !== undefined) return found;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    if (status === 200) throw unexpected(call, `the answer is no XML that is read here: ${displayable(error.message)}`);
  }
  throw status === 500 ? httpError(call, status) : unexpected(call, "the answer is no SOAP envelope");
}

function soapBody({ name, uri, children }: XmlElement): XmlElement | undefined {
  if (name !== "Envelope" || uri !== SOAP) return undefined;
  return children.find((each) => each.name === "Body" && each.uri === SOAP);
}

function httpError(call: Call, status: number): Error {
  if (status === 403) {
    const wayOut = "if a proxy stands in between, let this machine through";
    return new PermissionDeniedError(explain(call, "the call is forbidden (HTTP 403)", wayOut));
  }
  if (status < 500) return unexpected(call, `it has HTTP status ${status}`);
  const wayOut = runAgain(call, "wait until the vCenter is in service");
  return new ConnectionUnreachableError(explain(call, `the vCenter answered with HTTP ${status}`, wayOut));
}
