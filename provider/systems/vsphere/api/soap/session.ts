import { ConnectionLoginError } from "../../../../connections/errors";
import { type Credentials, LoginRefusedError, type Proof } from "../../../../connections/https/credentials";
import type { HttpAnswer } from "../../../../connections/https/transport";
import { VsphereApiError } from "../errors";
import type { VcenterSettings } from "../settings";
import { formsOf } from "../texts";
import type { ServiceContent } from "../types";
import { saysNotAuthenticated } from "./answer";
import type { CookieJar } from "./cookies";
import { name, one } from "./reading";
import type { SoapRequests } from "./requests";
import { part } from "./writing";

/** A session of the Web Services API, which a cookie stands for. */
export class SoapSession implements Credentials {
  readonly secrets: readonly string[];
  private isOpen = false;

  constructor(
    /** Requests that carry the cookies, and are not logged in for. */
    private readonly requests: SoapRequests,
    private readonly jar: CookieJar,
    private readonly content: () => Promise<ServiceContent>,
    private readonly settings: VcenterSettings,
  ) {
    this.secrets = formsOf(settings.password);
  }

  async prove(): Promise<Proof> {
    const { sessionManager: self, about } = await this.content();
    const { username, password } = this.settings;
    this.jar.empty();
    try {
      const key = await this.requests.ask(
        {
          method: "Login",
          // A second session is as good as the first.
          effect: "read",
          self,
          parameters: [part("userName", username), part("password", password)],
          read: (answer, path) => one((session, at) => one(name)(session, "key", at))(answer, "returnval", path),
        },
        about.apiVersion,
      );
      this.isOpen = true;
      return { headers: {}, secrets: formsOf(key) };
    } catch (error) {
      const isRefused = error instanceof VsphereApiError && error.vendorName === "InvalidLogin";
      throw isRefused ? new ConnectionLoginError({ ...error.explanation, wayOut: WAY_OUT }) : error;
    }
  }

  refusalIn(answer: HttpAnswer): LoginRefusedError | undefined {
    return saysNotAuthenticated(answer)
      ? new LoginRefusedError("the vCenter refused its own session (NotAuthenticated)", WAY_OUT)
      : undefined;
  }

  /** vCenter counts the sessions that it has. */
  async end(): Promise<void> {
    if (!this.isOpen) return;
    this.isOpen = false;
    const { sessionManager: self, about } = await this.content();
    const logout = { method: "Logout", effect: "read", self, parameters: [], read: () => undefined } as const;
    await this.requests.ask(logout, about.apiVersion, true);
  }
}

const WAY_OUT = "correct the connection's credentials; the user name has its domain, as in administrator@vsphere.local";
