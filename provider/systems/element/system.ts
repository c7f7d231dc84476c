import { loginIn } from "../../connections/credential-text";
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
    const login = loginIn(given, complain, words);
    return { ...httpsSettings(given, ELEMENT, complain, words.shape), ...login };
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
