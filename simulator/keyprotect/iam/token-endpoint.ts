import { randomUUID, timingSafeEqual } from "node:crypto";
import type { Answer, Call, HttpRequest, TurnedAway } from "../../chassis/system";
import { ServiceError } from "../region/errors";
import type { Region } from "../region/machine";
import { issueToken, isValidToken } from "./tokens";

/** The second one is of older clients. */
const PATHS = ["/identity/token", "/oidc/token"];
const API_KEY_GRANT = "urn:ibm:params:oauth:grant-type:apikey";
const REFRESH_GRANT = "refresh_token";
const REFRESH_SECONDS = 72 * 3600;
/** What clients that send no client id are taken for. */
const USUAL_CLIENT = "bx:bx";

/** Whether a request is IAM's to answer. */
export const isForIam = ({ url }: HttpRequest): boolean => PATHS.includes(pathOf(url));

/** A request to IAM: a grant in a form, by POST. */
export function readIamRequest(region: Region, request: HttpRequest): Call | TurnedAway {
  const form = new URLSearchParams(request.body);
  const named = { method: "createToken", params: { grant_type: form.get("grant_type") ?? "" } };
  const refuse = (error: ServiceError) => refusedByIam(region, request, error);
  if (!isForIam(request)) {
    const error = new ServiceError("noSuchPath", `there is no ${pathOf(request.url)}`);
    return { method: "", params: {}, turnedAway: refuse(error) };
  }
  if (request.verb !== "POST") {
    return { ...named, turnedAway: refuse(new ServiceError("methodNotAllowed", `${request.verb} is not allowed`)) };
  }
  return {
    ...named,
    perform: async () => {
      try {
        return granted(region, request, form);
      } catch (error) {
        if (error instanceof ServiceError) return refuse(error);
        throw error;
      }
    },
    fail: ({ name, message }) => errorOfIam(request, name.startsWith("BXNIM") ? 400 : 500, name, message),
  };
}

function granted(region: Region, { headers }: HttpRequest, form: URLSearchParams): Answer {
  const client = clientOf(headers.authorization);
  const grant = form.get("grant_type") ?? "";
  if (grant === API_KEY_GRANT) assertApiKey(region, form.get("apikey") ?? "");
  else if (grant === REFRESH_GRANT) assertRefreshToken(region, form.get("refresh_token") ?? "");
  else throw new ServiceError("badGrant", `Provided grant_type is not supported: ${grant}`);
  const seconds = region.switches.tokenSeconds;
  const token = {
    access_token: issueToken(region, "access", grant, seconds),
    // Clients without a client id get no refresh token.
    refresh_token: client ? issueToken(region, "refresh", grant, REFRESH_SECONDS) : "not_supported",
    token_type: "Bearer",
    expires_in: seconds,
    expiration: Math.floor(region.now().getTime() / 1000) + seconds,
    scope: "ibm openid",
  };
  return { body: { json: token, resultAt: "" }, outcome: "ok" };
}

/** The client id and its secret, which for the usual one are public. */
function clientOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const [, basic = ""] = /^Basic (\S+)$/i.exec(authorization) ?? [];
  const client = Buffer.from(basic, "base64").toString();
  if (client !== USUAL_CLIENT) throw new ServiceError("badClient", "Client authentication failed");
  return client;
}

function assertApiKey({ secrets }: Region, given: string): void {
  const [expected, asked] = [Buffer.from(secrets.apiKey), Buffer.from(given)];
  if (asked.length === expected.length && timingSafeEqual(asked, expected)) return;
  throw new ServiceError("badApiKey", "Provided API key could not be found.");
}

function assertRefreshToken(region: Region, given: string): void {
  if (isValidToken(region, "refresh", given)) return;
  throw new ServiceError("badRefreshToken", "Provided refresh_token is invalid.");
}

function refusedByIam({ switches }: Region, request: HttpRequest, error: ServiceError): Answer {
  const { status, code } = error.onWire(switches);
  return errorOfIam(request, status, code ?? `BXNIM0${status}E`, error.message);
}

/** IAM's shape of an error, which is not Key Protect's. */
function errorOfIam({ url, headers }: HttpRequest, status: number, errorCode: string, errorMessage: string): Answer {
  const requestId = randomUUID();
  const context = {
    requestId,
    requestType: "incoming.Identity_Token",
    userAgent: headers["user-agent"],
    url: pathOf(url),
  };
  return {
    status,
    headers: { "Transaction-Id": requestId },
    body: { json: { errorCode, errorMessage, context } },
    outcome: errorCode,
  };
}

const pathOf = (url: string): string => url.split("?")[0] ?? "";
