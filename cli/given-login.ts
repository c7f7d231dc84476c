import type { HttpsSettings } from "../provider/connections/https/settings";
import { UsageError } from "./command";
import { authoritiesIn, type GivenConnection } from "./connection";

/** What a connection with a login takes. */
export interface LoginSettings extends HttpsSettings {
  username: string;
  password: string;
}

/** A system with a login, in the words of the options about it. */
export interface LoginWords {
  /** What the endpoint is, such as `the cluster's management address`. */
  endpoint: string;
  /** Whose the user is, such as `of a cluster administrator`. */
  user: string;
  /** The system with its article. */
  system: string;
}

/** A system whose connection, with a user name, stands on the command line. */
export const givenLogin = ({
  endpoint: address,
  user,
  system,
}: LoginWords): GivenConnection<LoginSettings, "username" | "fingerprint256" | "ca"> => ({
  options: ["username", "fingerprint256", "ca"],
  help: `  --endpoint URL          https://HOST[:PORT], ${address}
  --username NAME         ${user}; the password is EKM_PASSWORD in the environment, or asked for
  --fingerprint256 HEX    SHA-256 fingerprint of ${system}'s TLS certificate
  --ca FILE               authorities (PEM) that sign it, instead of the system's own
`,
  async settings({ endpoint, username, fingerprint256, ca }, { environment, askSecret }) {
    if (username === undefined) throw new UsageError("--username is missing");
    const caCertificate = authoritiesIn(ca);
    const password =
      environment.EKM_PASSWORD ??
      (await askSecret({ prompt: `Password of ${username}: `, noun: "password", variable: "EKM_PASSWORD" }));
    return { endpoint, username, password, fingerprint256, caCertificate };
  },
});
