import { configuredConnections } from "../../provider/adapters/pulumi/connections";
import type { Cluster } from "../../provider/systems/element/api/cluster";
import { element } from "../../provider/systems/element/system";
import type { SimulatedSystem } from "../kit/simulated";
import { Run, runOn } from "./harness";
import { type Scene, type Stage, Theatre } from "./stage";

export const simulated: SimulatedSystem<Scene, Stage> = {
  calls: element.calls,
  theatre: () => new Theatre(),
  furnished: "external",
  runOn,

  runOnBoth({ cluster }, isSameAddress) {
    const endpoint = isSameAddress ? cluster.endpoint : cluster.endpoint.replace("127.0.0.1", "localhost");
    const { username, fingerprint256 } = cluster;
    return new Run({ default: cluster, east: { endpoint, username, fingerprint256 } });
  },

  identityOf: ({ cluster }) => cluster.state().identity.uniqueID,

  offline: (call) => (name) => {
    // Names are resolved as in the product.
    const { place, settings, tlsVerification } = OFFLINE.connection(name);
    const clusterInfo = async () => ({ uniqueID: "abcd" });
    const supports = async () => true;
    const own = { name, place, settings, tlsVerification, call, clusterInfo, supports, hurried: () => own };
    return own as unknown as Cluster;
  },

  // An active provider named `keys`, and its server.
  answers: ({ request }) => ({
    ListKeyProvidersKmip: {
      kmipKeyProviders: [{ keyProviderID: 1, keyProviderName: "keys", keyProviderIsActive: true, keyServerIDs: [1] }],
    },
    ListKeyServersKmip: { kmipKeyServers: [{ keyServerID: 1, kmipKeyServerName: "server", keyProviderID: 1 }] },
    GetSoftwareEncryptionAtRestInfo: { masterKeyInfo: { keyProviderID: 1 } },
    GetEncryptionAtRestInfo: { state: "disabled" },
    GetClientCertificateSignRequest: { clientCertificateSignRequest: request },
  }),
};

const SETTINGS = { endpoint: "https://192.0.2.1", username: "admin", password: "not used" };

const OFFLINE = configuredConnections(
  element,
  { clusters: { default: SETTINGS, insecure: { ...SETTINGS, insecure: true } } },
  {},
  {
    clock: {
      now: () => new Date(),
      sleep: () => Promise.reject(new Error("nothing waits")),
      timeout: () => AbortSignal.abort(new Error("nothing is called")),
    },
    signal: new AbortController().signal,
    assertHostAlive: () => Promise.reject(new Error("nothing writes")),
  },
);
