import { ConnectionUnreachableError, PermissionDeniedError, UnexpectedAnswerError } from "../../../connections/errors";
import { type Call, explain, runAgain } from "../../../connections/https/call";
import { ofPeer } from "../../../connections/https/masking";
import { isObject, ShapeError } from "../../../connections/https/shapes";
import type { HttpAnswer } from "../../../connections/https/transport";
import { linesWithoutControlCharacters, withoutControlCharacters } from "../../../core/display";
import { ApiNotServedError, ElementApiError } from "./errors";
import { accessTypesOf, METHODS } from "./methods";
import { ELEMENT } from "./peer";
import { RESULTS } from "./results";
import type { Method, Result } from "./types";

/** One try of a call in one version of the API. */
interface ElementCall<M extends Method = Method> extends Call {
  method: M;
  apiVersion: string;
}

/** The result in an answer; throws the error that the answer holds instead. */
export function resultOf<M extends Method>(call: ElementCall<M>, { status, body }: HttpAnswer): Result<M> {
  if (status !== 200) throw httpError(call, status);
  const response = parse(body);
  // A node that boots or is upgraded answers 200 with a literal null.
  if (response === null) {
    const wayOut = runAgain(call, "wait until the node is up");
    throw new ConnectionUnreachableError(
      explain(call, "the answer was empty, as from a node that is starting", wayOut),
    );
  }
  if (!isObject(response)) throw noAnswer(call, "the body is no JSON object");
  const { error = null, result } = response;
  if (error === null) return shapedResult(call, result);
  if (isObject(error) && typeof error.name === "string" && typeof error.message === "string") {
    throw apiError(call, error.name, error.message);
  }
  throw noAnswer(call, "the error in it has no name or no message");
}

function httpError(call: ElementCall, status: number): Error {
  if (status === 403) {
    const wayOut =
      "use an account with the access type administrator; if a proxy stands in between, let this machine through";
    return new PermissionDeniedError(explain(call, "the call is forbidden (HTTP 403)", wayOut));
  }
  if (status === 404) {
    const reason = `nothing serves Element API ${call.apiVersion} at ${call.endpoint} (HTTP 404)`;
    return new ApiNotServedError(explain(call, reason, checkAddress(call)));
  }
  if (status >= 500) {
    const wayOut = runAgain(call, "wait until the cluster is in service");
    return new ConnectionUnreachableError(explain(call, `the cluster answered with HTTP ${status}`, wayOut));
  }
  return noAnswer(call, `it has HTTP status ${status}`);
}

function apiError(call: ElementCall, vendorName: string, message: string): Error {
  const name = ofPeer(vendorName, call.secrets, "an error");
  const reason = ofPeer(`${vendorName}: ${message}`, call.secrets, `${name}, whose words may show a secret`);
  if (vendorName === "xPermissionDenied" || vendorName === "xUnknownUsername") {
    const wayOut = `use an account with the access type ${accessTypesOf(call.method).join(" or ")}, which this method needs`;
    return new PermissionDeniedError(explain(call, reason, wayOut));
  }
  // The names of these errors are not documented, so that nothing can be decided by them.
  const wayOut = METHODS[call.method].contactsKeyServer
    ? "where that is about the connection to the key server, see EKM_KEY_SERVER_TEST; otherwise the cluster's faults and the API reference of this method"
    : "see the cluster's faults and the API reference of this method";
  return new ElementApiError(explain(call, reason, wayOut), vendorName);
}

function shapedResult<M extends Method>(call: ElementCall<M>, result: unknown): Result<M> {
  try {
    return RESULTS[call.method](result, "result");
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const wayOut = runAgain(call, "see whether anything between this machine and the cluster changes answers");
    const reason = error.message.replace(QUOTE, (quote) => ofPeer(quote, call.secrets, "another text"));
    throw new UnexpectedAnswerError(explain(call, reason, wayOut));
  }
}

/** A text from the cluster that a complaint quotes. */
const QUOTE = /the text "(?:[^"\\]|\\.)*"/;

const noAnswer = (call: Call, why: string): Error =>
  new UnexpectedAnswerError(explain(call, `this is no JSON-RPC answer: ${why}`, runAgain(call, checkAddress(call))));

const checkAddress = ({ endpoint }: Call): string => `check that ${endpoint} is ${ELEMENT.service}`;

/** `undefined` where the text is no JSON. */
function parse(body: string): unknown {
  try {
    return JSON.parse(body, displayable);
  } catch {
    return undefined;
  }
}

/** Members whose texts are PEM, of several lines. */
const PEM_MEMBERS = new Set(["kmipCaCertificate", "kmipClientCertificate", "clientCertificateSignRequest"]);

/**
 * The texts of a cluster, as they may reach a terminal: names end up in messages, and in outputs, which the engine prints
 * as they are.
 */
function displayable(member: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  return PEM_MEMBERS.has(member) ? linesWithoutControlCharacters(value) : withoutControlCharacters(value);
}
