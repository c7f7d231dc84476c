import { ConnectionLoginError } from "../../../../connections/errors";
import { explain } from "../../../../connections/https/call";
import type { HttpsClient } from "../../../../connections/https/client";
import { type Credentials, LoginRefusedError, type Proof } from "../../../../connections/https/credentials";
import { name } from "../../../../connections/https/shapes";
import type { HttpAnswer } from "../../../../connections/https/transport";
import { asDocumented } from "../answer";
import type { VcenterSettings } from "../settings";
import { basicOf, formsOf } from "../texts";
import { contentOf } from "./answer";

const TIMEOUT_SECONDS = 30;
const HEADER = "vmware-api-session-id";

/** A session of the Automation API. */
export class RestSession implements Credentials {
  readonly secrets: readonly string[];
  private token?: string;

  constructor(
    /** Sends what carries no session. */
    private readonly client: HttpsClient,
    private readonly settings: VcenterSettings,
  ) {
    const { username, password } = settings;
    this.secrets = [...formsOf(password), basicOf(username, password)];
  }

  async prove(): Promise<Proof> {
    const { username, password } = this.settings;
    const token = await this.client.ask({
      method: "POST /api/session",
      // A second session is as good as the first.
      effect: "read",
      timeoutSeconds: TIMEOUT_SECONDS,
      request: () => ({
        verb: "POST",
        path: "/api/session",
        headers: { authorization: `Basic ${basicOf(username, password)}` },
      }),
      read(answer, call) {
        if (answer.status === 401) throw new ConnectionLoginError(explain(call, REFUSED, WAY_OUT));
        return asDocumented(call, () => name(contentOf(call, answer), "answer"));
      },
    });
    this.token = token;
    return { headers: { [HEADER]: token }, secrets: formsOf(token) };
  }

  refusalIn({ status }: HttpAnswer): LoginRefusedError | undefined {
    return status === 401
      ? new LoginRefusedError("the vCenter refused its own session (HTTP 401)", WAY_OUT)
      : undefined;
  }

  /** vCenter counts the sessions that it has. */
  async end(): Promise<void> {
    const { token } = this;
    if (token === undefined) return;
    this.token = undefined;
    await this.client.ask(
      {
        method: "DELETE /api/session",
        effect: "read",
        timeoutSeconds: TIMEOUT_SECONDS,
        request: () => ({ verb: "DELETE", path: "/api/session", headers: { [HEADER]: token } }),
        read: () => undefined,
      },
      { isHurried: true },
    );
  }
}

const REFUSED = "the vCenter refused the user name or password (HTTP 401)";
const WAY_OUT = "correct the connection's credentials; the user name has its domain, as in administrator@vsphere.local";
