import { HttpsClient } from "../../../connections/https/client";
import { authenticated, SharedProof } from "../../../connections/https/credentials";
import { Login } from "../../../connections/https/login";
import { type TlsVerification, tlsVerification } from "../../../connections/https/settings";
import { httpsTransport } from "../../../connections/https/transport";
import type { Place } from "../../../core/errors";
import type { ConnectionRuntime, Surroundings } from "../../../core/system";
import { newCorrelationId, resultOf } from "./answer";
import { IamTokens } from "./iam";
import { OPERATIONS } from "./operations";
import { instancePlace, KEY_PROTECT } from "./peer";
import type { InstanceSettings } from "./settings";
import type { Operation, Params, Result } from "./types";

const TIMEOUT_SECONDS = 30;

/** One Key Protect instance: typed calls. */
export interface Instance {
  /** Its name in the configuration. */
  readonly name: string;
  /** Where a failure of it is. */
  readonly place: Place;
  readonly settings: InstanceSettings;
  readonly tlsVerification: TlsVerification;
  call<O extends Operation>(operation: O, params: Params<O>): Promise<Result<O>>;
}

/** Connects when first called. */
export class ConnectedInstance implements Instance {
  readonly place: Place;
  readonly tlsVerification: TlsVerification;
  private readonly tokens: SharedProof<IamTokens>;
  private readonly client: HttpsClient;

  constructor(
    readonly name: string,
    readonly settings: InstanceSettings,
    private readonly runtime: ConnectionRuntime,
    { proxy, login = new Login() }: Surroundings = {},
  ) {
    this.place = instancePlace(name);
    this.tlsVerification = tlsVerification(settings);
    const { clock } = runtime;
    // One token for all instances of an account.
    this.tokens = login.shared(() => new SharedProof(new IamTokens(this.place, settings, clock, proxy), clock));
    const transport = authenticated(httpsTransport(settings, KEY_PROTECT, proxy), this.tokens);
    this.client = new HttpsClient(KEY_PROTECT, this.place, settings.endpoint, transport, clock, login);
  }

  /** Before a write, looks whether whoever started this run still lives. */
  async call<O extends Operation>(operation: O, params: Params<O>): Promise<Result<O>> {
    const { effect, request } = OPERATIONS[operation];
    const { clock, signal } = this.runtime;
    if (effect !== "read") {
      await this.runtime.assertHostAlive({ attempt: `calling ${operation}`, place: this.place });
    }
    let correlationId = "";
    return this.client.ask(
      {
        method: operation,
        effect,
        timeoutSeconds: TIMEOUT_SECONDS,
        request: () => {
          correlationId = newCorrelationId();
          const { headers, ...rest } = request(params);
          const { instance } = this.settings;
          const common = { accept: "application/json", "bluemix-instance": instance, "correlation-id": correlationId };
          return { ...rest, headers: { ...common, ...headers } };
        },
        read: (answer, call) => resultOf({ ...call, method: operation, correlationId }, answer, clock),
      },
      { signal },
    );
  }

  async close(): Promise<void> {
    await this.client.close();
    await this.tokens.credentials.close();
  }
}
