import { ConnectionLoginError, ConnectionUnreachableError, UnexpectedAnswerError } from "../../../connections/errors";
import { type Call, explain, runAgain } from "../../../connections/https/call";
import { HttpsClient } from "../../../connections/https/client";
import { type Credentials, LoginRefusedError, type Proof } from "../../../connections/https/credentials";
import { ofPeer } from "../../../connections/https/masking";
import { isObject } from "../../../connections/https/shapes";
import { type HttpAnswer, httpsTransport } from "../../../connections/https/transport";
import type { Clock, Timer } from "../../../core/clock";
import type { Place } from "../../../core/errors";
import type { HttpProxy } from "../../../core/system";
import { IAM } from "./peer";
import type { InstanceSettings } from "./settings";

const TIMEOUT_SECONDS = 30;
/** A token is renewed when this share of its life is over, by the local clock: the clock of IAM may be another one. */
const USED_UP = 0.8;
/** In seconds, of a token whose answer does not say it. */
const USUAL_LIFE = 3600;

/** Tokens for an API key, from an origin of its own with a certificate of its own. */
export class IamTokens implements Credentials {
  readonly secrets: readonly string[];
  private readonly client: HttpsClient;

  constructor(
    place: Place,
    private readonly settings: Pick<InstanceSettings, "apiKey" | "iamEndpoint" | "iamCaCertificate">,
    private readonly clock: Clock & Timer,
    proxy?: HttpProxy,
  ) {
    const { apiKey, iamEndpoint, iamCaCertificate } = settings;
    this.secrets = formsOf(apiKey);
    const transport = httpsTransport({ endpoint: iamEndpoint, caCertificate: iamCaCertificate }, IAM, proxy);
    const { secrets } = this;
    const masked = { ...transport, secrets };
    this.client = new HttpsClient(IAM, place, iamEndpoint, masked, clock);
  }

  prove(): Promise<Proof> {
    const { apiKey } = this.settings;
    return this.client.ask({
      method: "POST /identity/token",
      // A second token is as good as the first.
      effect: "read",
      timeoutSeconds: TIMEOUT_SECONDS,
      request: () => ({
        verb: "POST",
        path: "/identity/token",
        headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
        body: new URLSearchParams({ grant_type: GRANT, apikey: apiKey, response_type: "cloud_iam" }).toString(),
      }),
      read: (answer, call) => this.proofIn(answer, call),
    });
  }

  /** A token that was just fetched is a good one: what is refused then is the call. */
  refusalIn({ status }: HttpAnswer, isFresh: boolean): LoginRefusedError | undefined {
    return status === 401 && !isFresh
      ? new LoginRefusedError("the instance refused the token (HTTP 401)", "check the connection's API key")
      : undefined;
  }

  close(): Promise<void> {
    return this.client.close();
  }

  private proofIn({ status, body }: HttpAnswer, call: Call): Proof {
    const answer = parse(body);
    if (status === 200) {
      const { access_token: token, expires_in: seconds } = answer;
      if (typeof token !== "string" || token === "") throw noToken(call, "there is no access_token in it");
      const life = typeof seconds === "number" && seconds > 0 ? seconds : USUAL_LIFE;
      const ends = new Date(this.clock.now().getTime() + life * USED_UP * 1000);
      return { headers: { authorization: `Bearer ${token}` }, secrets: [token, ...token.split(".")], ends };
    }
    if (status >= 500 || status === 429) {
      const wayOut = runAgain(call, "see the status of IBM Cloud IAM");
      throw new ConnectionUnreachableError(explain(call, `${call.endpoint} answered with HTTP ${status}`, wayOut));
    }
    const { errorCode, errorMessage } = answer;
    if (typeof errorCode !== "string") throw noToken(call, `it has HTTP status ${status}`);
    const reason = ofPeer(`${errorCode}: ${errorMessage}`, call.secrets, "IAM refused the API key");
    const wayOut = "give the connection an API key that is valid, of a user or a service ID that is not locked";
    throw new ConnectionLoginError(explain(call, `${reason} (HTTP ${status})`, wayOut));
  }
}

const GRANT = "urn:ibm:params:oauth:grant-type:apikey";

/** The API key as it stands in a request. */
const formsOf = (apiKey: string): string[] => [
  ...new Set([apiKey, encodeURIComponent(apiKey), new URLSearchParams({ apiKey }).toString().slice("apiKey=".length)]),
];

const noToken = (call: Call, why: string): Error =>
  new UnexpectedAnswerError(
    explain(call, `this is no answer of IAM: ${why}`, `check that ${call.endpoint} is ${IAM.service}`),
  );

function parse(body: string): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(body);
    return isObject(answer) ? answer : {};
  } catch {
    return {};
  }
}
