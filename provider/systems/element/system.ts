import { credentialText, strayComplaint } from "../../connections/credential-text";
import { httpsSettings } from "../../connections/https/settings";
import type { System } from "../../core/system";
import { type Cluster, ConnectedCluster } from "./api/cluster";
import { METHODS } from "./api/methods";
import { ELEMENT } from "./api/peer";
import type { ConnectionSettings } from "./api/settings";

/** NetApp Element clusters: how they are configured, reached and told apart. */
export const element: System<ConnectionSettings, Cluster> = {
  noun: ELEMENT.noun,
  configurationKey: "clusters",
  environmentVariable: "EKM_CLUSTERS",
  settings: {
    endpoint: { required: true, placeholder: "https://HOST" },
    username: { required: true, placeholder: "NAME" },
    password: { required: true, secret: true },
    caCertificate: {},
    fingerprint256: {},
    insecure: {},
  },
  freshened: { members: ["username", "password"], inWords: "user name and password" },
  validated(given, complain, words) {
    const text = (member: "username" | "password") =>
      credentialText(member, given[member], complain, words.howToKeepText(member));
    const credentials = { username: text("username"), password: text("password") };
    for (const [member, value] of Object.entries({ endpoint: given.endpoint, ...credentials })) {
      if (typeof value !== "string" || value === "") throw complain(`${member} is missing`, words.shape);
    }
    for (const [member, value] of Object.entries(credentials)) {
      const stray = strayComplaint(String(value));
      if (stray !== undefined) throw complain(`${member} ${stray.reason}`, stray.wayOut);
    }
    const { username, password } = credentials;
    return {
      ...httpsSettings(given, ELEMENT, complain, words.shape),
      username: String(username),
      password: String(password),
    };
  },
  account: ({ endpoint, username, password }) => [endpoint, username, password],
  open: (name, settings, runtime, surroundings) => new ConnectedCluster(name, settings, runtime, surroundings),
  identity: {
    inWords: "uniqueID",
    recordedAs: "clusterUniqueID",
    of: async (cluster) => (await cluster.clusterInfo()).uniqueID,
  },
  calls: METHODS,
};
