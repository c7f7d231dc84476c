import { configuredConnections } from "../../../provider/adapters/pulumi/connections";
import type { Cluster } from "../../../provider/systems/element/api/cluster";
import { element } from "../../../provider/systems/element/system";
import { connecting, Driver } from "../../kit/driver";

const SETTINGS = { endpoint: "https://192.0.2.1", username: "admin", password: "not used" };

/** What an active provider named `keys` and its server look like to a check that may look. */
const ANSWERS: Readonly<Record<string, object>> = {
  ListKeyProvidersKmip: {
    kmipKeyProviders: [{ keyProviderID: 1, keyProviderName: "keys", keyProviderIsActive: true, keyServerIDs: [1] }],
  },
  ListKeyServersKmip: { kmipKeyServers: [{ keyServerID: 1, kmipKeyServerName: "server", keyProviderID: 1 }] },
  GetSoftwareEncryptionAtRestInfo: { masterKeyInfo: { keyProviderID: 1 } },
  GetEncryptionAtRestInfo: { state: "disabled" },
};

/** A provider process without a network: every call to a cluster is recorded, and refused unless it is a look that `looks` allows. */
export class Isolated extends Driver {
  readonly calls: string[] = [];

  constructor(
    private readonly looks: "none" | "reads",
    now: Date,
    /** The signing request of the cluster's key pair. */
    private readonly request = "",
  ) {
    super("urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/any:Any::main", {
      clock: { now: () => now, sleep: () => Promise.reject(new Error("a check waits for nothing")) },
      connection: connecting((name) => this.cluster(name)),
    });
  }

  /** Names are resolved as in the product; what they stand for is this scene. */
  private cluster(name: string): Cluster {
    const { place, settings, tlsVerification } = CONNECTIONS.connection(name);
    const call = async (method: string): Promise<object> => {
      this.calls.push(method);
      const answers = { ...ANSWERS, GetClientCertificateSignRequest: { clientCertificateSignRequest: this.request } };
      const answer = this.looks === "reads" ? (answers as Record<string, object>)[method] : undefined;
      if (answer === undefined) throw new Error(`check called ${method}`);
      return answer;
    };
    const clusterInfo = async () => ({ uniqueID: "abcd" });
    const own = {
      name,
      place,
      settings,
      tlsVerification,
      call,
      clusterInfo,
      supports: async () => true,
      hurried: () => own,
    };
    return own as unknown as Cluster;
  }
}

const CONNECTIONS = configuredConnections(
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
