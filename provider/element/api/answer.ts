import { linesWithoutControlCharacters, withoutControlCharacters } from "../../display";
import { type Call, explain, runAgain } from "./call";
import {
  ApiNotServedError,
  ConnectionLoginError,
  ConnectionUnreachableError,
  ElementApiError,
  PermissionDeniedError,
  UnexpectedAnswerError,
} from "./errors";
import { ofPeer } from "./masking";
import { accessTypesOf, METHODS } from "./methods";
import { RESULTS } from "./results";
import { isObject, ShapeError } from "./shapes";
import type { HttpAnswer } from "./transport";
import type { Method, Result } from "./types";

/** The result that an answer holds; throws what it says instead. */
export function resultOf<M extends Method>(call: Call<M>, { status, body }: HttpAnswer): Result<M> {
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

function httpError(call: Call, status: number): Error {
  if (status === 401) {
    const reason = "the cluster refused the user name or password (HTTP 401)";
    return new ConnectionLoginError(explain(call, reason, "correct the connection's credentials"));
  }
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

function apiError(call: Call, vendorName: string, message: string): Error {
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

function shapedResult<M extends Method>(call: Call<M>, result: unknown): Result<M> {
  try {
    return RESULTS[call.method](result, "result");
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    const wayOut = runAgain(call, "see whether anything between this machine and the cluster changes answers");
    const reason = error.message.replace(QUOTE, (quote) => ofPeer(quote, call.secrets, "another text"));
    throw new UnexpectedAnswerError(explain(call, reason, wayOut));
  }
}

/** A text of the cluster within a complaint. */
const QUOTE = /the text "(?:[^"\\]|\\.)*"/;

const noAnswer = (call: Call, why: string): Error =>
  new UnexpectedAnswerError(explain(call, `this is no JSON-RPC answer: ${why}`, runAgain(call, checkAddress(call))));

const checkAddress = ({ endpoint }: Call): string =>
  `check that ${endpoint} is an Element cluster's management address`;

/** `undefined` for what is no JSON. */
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
