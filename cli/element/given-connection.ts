import type { ConnectionSettings } from "../../provider/systems/element/api/settings";
import { UsageError } from "../command";
import { authoritiesIn, type GivenConnection } from "../connection";

/** A cluster whose connection stands on the command line. */
export const givenCluster: GivenConnection<ConnectionSettings, "username" | "fingerprint256" | "ca"> = {
  options: ["username", "fingerprint256", "ca"],
  help: `  --endpoint URL          https://HOST[:PORT], the cluster's management address
  --username NAME         of a cluster administrator; the password is EKM_PASSWORD in the environment, or asked for
  --fingerprint256 HEX    SHA-256 fingerprint of the cluster's TLS certificate
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
};
