import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Observation } from "../../../cli/element/observation";
import { clusterFacts } from "../../../cli/report/element/cluster-facts";
import { withKeyUsers } from "../../../cli/report/evidence";
import { findingsOf } from "../../../cli/report/findings";
import { instanceFacts } from "../../../cli/report/keyprotect/instance-facts";
import type {
  ClusterReport,
  DriftReport,
  InstanceReport,
  Report,
  ResourceReport,
  SystemNames,
  VcenterReport,
} from "../../../cli/report/model";
import type { RecordedResource } from "../../../cli/report/state";
import { vcenterFacts } from "../../../cli/report/vsphere/vcenter-facts";
import { publicKeyFingerprint } from "../../../provider/pki";
import type { AsyncResult, ClusterFault } from "../../../provider/systems/element/api/types";
import type { KeyServerHealth } from "../../../provider/systems/vsphere/observed/key-providers";
import { projectRoot } from "../../../tools/engine/paths";
import { issue } from "../../kit/certificates";
import { authority, inventory, keyProvider, keyServer } from "../inventories";
import * as kmip from "../keyprotect/inventories";
import * as vsphere from "../vsphere/inventories";

/** When every sample was made. */
export const NOW = new Date("2027-01-15T09:30:00Z");

const daysFromNow = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

export const fault = (changes: Partial<ClusterFault> = {}): ClusterFault => ({
  clusterFaultID: 12,
  code: "kmipServerFault",
  type: "service",
  severity: "error",
  details: "Cannot connect to the KMIP server",
  data: null,
  date: "2027-01-14T22:10:31Z",
  resolved: false,
  resolvedDate: "",
  nodeID: 0,
  nodeHardwareFaultID: 0,
  serviceID: 0,
  driveID: 0,
  driveIDs: [],
  blocksUpgrade: false,
  externalSource: "",
  networkInterface: "",
  ...changes,
});

export const rekey = (changes: Partial<AsyncResult> = {}): AsyncResult => ({
  status: "complete",
  resultType: "RekeySoftwareEncryptionAtRestMasterKey",
  createTime: "2026-11-02T10:00:00Z",
  lastUpdateTime: "2026-11-02T10:04:11Z",
  ...changes,
});

/** A cluster whose master key is held by the provider of its one key server. */
export const observation = (changes: Partial<Observation> = {}): Observation => ({
  inventory: inventory({
    masterKey: {
      holder: 1,
      keyID: "2b0d8c1e-5a0c-4a7e-9d6f-0c5a1f3e7b90",
      keyCreatedTime: "2026-11-02T10:04:11Z",
      asyncHandle: 27,
    },
  }),
  info: { clusterVersion: "12.3.0.958", clusterAPIVersion: "12.3" },
  faults: [],
  rekey: rekey(),
  ...changes,
});

const example = (file: string) =>
  readFileSync(join(projectRoot, "examples", "brownfield", "certificates", file), "utf8");

/** The cluster of the example that `ekm import` wrote, with a stack in which somebody renamed a key server. */
export function exampleReport(): Report {
  const [kmipCaCertificate, kmipClientCertificate] = [example("kms-ca.pem"), example("kms-client.pem")];
  const certificates = { kmipCaCertificate, kmipClientCertificate };
  const [kms, old] = [["kms1.example.com", "kms2.example.com"], ["kms0.example.com"]];
  const example1 = observation({
    inventory: inventory({
      cluster: { name: "storage-1", uniqueID: "a7k3" },
      keyPair: {
        subject: "CN=storage-1.example.com, O=Example, C=US",
        subjectFields: { commonName: "storage-1.example.com", organization: "Example", country: "US" },
        publicKeyFingerprint: publicKeyFingerprint(kmipClientCertificate),
      },
      keyServers: [
        keyServer(3, { ...certificates, kmipKeyServerName: "kms", kmipKeyServerHostnames: kms, keyProviderID: 2 }),
        keyServer(5, { ...certificates, kmipKeyServerName: "kms (old)", kmipKeyServerHostnames: old }),
      ],
      keyServerFailures: new Map([[5, "xKmipConnectionFailure: kms0.example.com:5696 does not answer"]]),
      keyProviders: [keyProvider(2, { keyProviderName: "kms", keyProviderIsActive: true, keyServerIDs: [3] })],
      masterKey: {
        holder: 2,
        keyID: "0b8f7a52-6f0e-4d57-a5b1-5f7a3f1c9d24",
        keyCreatedTime: "2026-11-02T10:04:11Z",
        asyncHandle: 27,
      },
      hardwareEncryption: { state: "disabled" },
    }),
  });
  return reportOf(
    [
      {
        connection: "default",
        endpoint: "https://storage-1.example.com",
        tlsVerification: "fingerprint256",
        facts: clusterFacts(example1, NOW),
      },
    ],
    drift(),
  );
}

const KEY_PROTECT = "us-south.kms.cloud.ibm.com";

/** That cluster once its key server is Key Protect's endpoint, with the instance, right after a renewal of its certificate. */
export function keyProtectReport(): Report {
  const kmipClientCertificate = example("kms-client.pem");
  const storage = observation({
    inventory: inventory({
      cluster: { name: "storage-1", uniqueID: "a7k3" },
      keyPair: {
        subject: "CN=storage-1.example.com, O=Example, C=US",
        subjectFields: { commonName: "storage-1.example.com", organization: "Example", country: "US" },
        publicKeyFingerprint: publicKeyFingerprint(kmipClientCertificate),
      },
      keyServers: [
        keyServer(3, {
          ...{ kmipCaCertificate: example("kms-ca.pem"), kmipClientCertificate },
          ...{ kmipKeyServerName: "kms", kmipKeyServerHostnames: [KEY_PROTECT], keyProviderID: 2 },
        }),
      ],
      keyProviders: [keyProvider(2, { keyProviderName: "kms", keyProviderIsActive: true, keyServerIDs: [3] })],
      masterKey: {
        holder: 2,
        keyID: "0b8f7a52-6f0e-4d57-a5b1-5f7a3f1c9d24",
        keyCreatedTime: "2026-11-02T10:04:11Z",
        asyncHandle: 27,
      },
      hardwareEncryption: { state: "enabled", holder: 2, keyID: "77c1a5de-14a8-4b35-8b8a-53a0d1b8e4fe" },
    }),
  });
  const superseded = readFileSync(join(projectRoot, "tests", "cli", "keyprotect", "superseded.pem"), "utf8");
  const registered = "2027-01-12T06:30:00Z";
  const region = kmip.inventory({
    adapters: [
      kmip.adapter({
        certificates: [
          kmip.ownRegistration(superseded, {}),
          kmip.ownRegistration(kmipClientCertificate, { id: kmip.other(kmip.REGISTRATION, 1), created_at: registered }),
        ],
      }),
    ],
  });
  const about = { now: NOW, recorded: recordedIn(region.adapters[0]?.certificates.map(({ id }) => id) ?? []) };
  return reportOf(
    [
      {
        connection: "default",
        ...{ endpoint: "https://storage-1.example.com", tlsVerification: "fingerprint256" },
        facts: clusterFacts(storage, NOW),
      },
    ],
    {
      ...{ project: "storage", stack: "production", recorded: "2027-01-12T06:36:10.120Z" },
      resources: [
        unchanged("element:KeyServer", "kms", "3", { cluster: "default" }),
        unchanged("keyprotect:RootKey", "storage", kmip.ROOT_KEY, { instance: "default" }),
        unchanged("keyprotect:KmipAdapter", "storage", kmip.ADAPTER, { instance: "default" }),
      ],
    },
    [
      {
        connection: "default",
        ...{ endpoint: `https://${KEY_PROTECT}`, tlsVerification: "systemRoots" },
        facts: instanceFacts(region, { kmipEndpoint: KEY_PROTECT }, about),
      },
    ],
  );
}

const unchanged = (type: string, name: string, id: string, system: SystemNames): ResourceReport => ({
  ...{ urn: urn(type, name), type, name, id, ...system },
  ...{ verdict: "same", differences: [], plan: [] },
});

/** A vCenter whose machines have their keys in that instance, and a trusted provider of which a server's certificate ends soon. */
export function vcenterReport(): Report {
  const pem = (file: string) => readFileSync(join(projectRoot, "tests", "cli", "vsphere", file), "utf8");
  const [client, region, own] = ["vcenter.pem", "region.pem", "kms1.pem"].map(pem) as [string, string, string];
  const { defaultOf } = vsphere.keyProvider();
  const keyProtectRegion = kmip.inventory({
    adapters: [
      kmip.adapter({
        name: "hypervisors",
        certificates: [kmip.registration({ name: "vcenter", certificate: client })],
        liveObjects: ["3f1", "3f2"].map((id) => ({
          ...{ id, state: "active", created_at: "2026-11-02T10:10:00Z" },
          created_by_kmip_client_cert_id: kmip.REGISTRATION,
        })),
      }),
    ],
  });
  const vcenter = vsphere.inventory({
    keyProviders: [
      vsphere.keyProvider({
        ...{ name: "key-protect", clientCertificate: client, defaultOf },
        servers: [{ name: "region", hostname: KEY_PROTECT, port: 5696 }],
        presented: [{ server: "region", certificate: region, isTrusted: true, details: [] }],
        health: { health: "healthy", details: [], servers: [healthOf("region")] },
      }),
      vsphere.trustedKeyProvider({
        clientCertificate: client,
        servers: ["kms1", "kms2"].map((name) => ({ name, hostname: `${name}.example.com`, port: 5696 })),
        presented: [
          { server: "kms1", certificate: own, isTrusted: true, details: [] },
          { server: "kms2", isTrusted: false, details: ["The key server cannot be reached."] },
        ],
        health: {
          health: "degraded",
          details: [],
          servers: [
            healthOf("kms1"),
            { name: "kms2", health: "unhealthy", details: ["The key server cannot be reached."] },
          ],
        },
      }),
    ],
  });
  const attested = "domain-c8/attested#3c1f07e2";
  const recorded = (token: string, id: string, inputs: object, outputs: object): RecordedResource => ({
    ...{ urn: urn(token, "kms"), token, id, inputs: { ...inputs }, outputs: { ...outputs } },
    ...{ secrets: new Set(), encrypted: new Set() },
  });
  const about = {
    now: NOW,
    recorded: [
      recorded("vsphere:KeyProvider", "key-protect#91d04ab7", { trustedServers: [region] }, {}),
      recorded("vsphere:TrustedKeyProvider", attested, { trustedServers: [own] }, { onDelete: "keep" }),
    ],
  };
  return reportOf(
    [],
    {
      ...{ project: "hypervisors", stack: "production", recorded: "2027-01-12T06:36:10.120Z" },
      resources: [
        unchanged("vsphere:KeyProvider", "key-protect", "key-protect#91d04ab7", { vcenter: "default" }),
        unchanged("vsphere:TrustedKeyProvider", "attested", attested, { vcenter: "default" }),
      ],
    },
    [
      {
        connection: "default",
        ...{ endpoint: `https://${KEY_PROTECT}`, tlsVerification: "systemRoots" },
        facts: instanceFacts(keyProtectRegion, { kmipEndpoint: KEY_PROTECT }, { now: NOW, recorded: [] }),
      },
    ],
    [
      {
        connection: "default",
        ...{ endpoint: "https://vcenter.example.com", tlsVerification: "caCertificate" },
        facts: vcenterFacts(vcenter, about),
      },
    ],
  );
}

const healthOf = (name: string): KeyServerHealth => ({
  ...{ name, health: "healthy", serverTrusted: true, clientTrusted: true, details: [] },
});

/** What a state says of the instance's objects. */
function recordedIn(certificates: string[]): RecordedResource[] {
  const recorded = (token: string, id: string, outputs: object): RecordedResource => ({
    ...{ urn: urn(token, "storage"), token, id, inputs: {}, outputs: { instance: "default", ...outputs } },
    ...{ secrets: new Set(), encrypted: new Set() },
  });
  return [
    recorded("keyprotect:RootKey", kmip.ROOT_KEY, { onDelete: "keep" }),
    recorded("keyprotect:KmipAdapter", kmip.ADAPTER, { onDelete: "refuse" }),
    ...certificates.map((certificateID) =>
      recorded("keyprotect:KmipClientCertificate", certificateID, { certificateID, onDelete: "remove" }),
    ),
  ];
}

export const reportOf = (
  clusters: ClusterReport[],
  drift?: DriftReport,
  instances: InstanceReport[] = [],
  vcenters: VcenterReport[] = [],
): Report => {
  const systems = withKeyUsers({ clusters, instances, vcenters });
  return {
    schema: 1,
    created: NOW.toISOString(),
    writtenBy: "pulumi-ekm 0.1.0",
    ...systems,
    drift,
    findings: findingsOf(systems, drift),
  };
};

const urn = (type: string, name: string) =>
  `urn:pulumi:production::storage::pulumi-nodejs:dynamic/ekm/${type}::${name}`;

function drift(): DriftReport {
  const common = { cluster: "default", differences: [], plan: [] };
  return {
    project: "storage",
    stack: "production",
    recorded: "2027-01-10T08:15:42.120Z",
    resources: [
      {
        ...common,
        urn: urn("element:KeyPair", "storage-1"),
        type: "element:KeyPair",
        name: "storage-1",
        id: "a7k3",
        verdict: "same",
      },
      {
        ...common,
        ...{
          urn: urn("element:KeyServer", "kms"),
          type: "element:KeyServer",
          name: "kms",
          id: "3",
          verdict: "changed",
        },
        differences: [
          { property: "hostnames", recorded: ["kms1.example.com"], observed: ["kms1.example.com", "kms2.example.com"] },
        ],
        plan: [
          'key server 3 "kms": the cluster will contact the new address first, and change nothing when that fails or when its keys are not there',
        ],
      },
      {
        ...common,
        urn: urn("element:MasterKey", "storage-1"),
        type: "element:MasterKey",
        name: "storage-1",
        id: "a7k3",
        verdict: "same",
      },
    ],
  };
}

const HOSTILE = `</script><img src=x onerror=alert(1)>\u202e"&'\u001b[2J ${"鍵".repeat(40)} ${"W".repeat(80)}`;

/** Everything that can go wrong at once, on three clusters, one of which cannot be read, and on a vCenter. */
export function worstReport(): Report {
  const client = (days: [from: number, to: number], commonName: string) =>
    issue(authority, { commonName, usage: "client", notBefore: daysFromNow(days[0]), notAfter: daysFromNow(days[1]) })
      .cert;
  const clients = [
    client([-400, -20], "ended.example.com"),
    client([-300, 5], "soon.example.com"),
    client([-30, 335], "</script><img src=x onerror=alert(1)>"),
    client([20, 385], "early.example.com"),
    client([-700, 9000], "lasting.example.com"),
  ];
  const crowded = observation({
    inventory: inventory({
      cluster: { name: HOSTILE, uniqueID: "zz99" },
      keyServers: clients.map((kmipClientCertificate, index) =>
        keyServer(index + 1, {
          kmipClientCertificate,
          kmipKeyServerName: index === 2 ? HOSTILE : `server ${index + 1}`,
          kmipKeyServerHostnames: [`a-rather-long-host-name-${index}.of.a.clustered.key-server.example.com`],
          keyProviderID: [1, 1, 2, null, 3][index] ?? null,
        }),
      ),
      keyServerFailures: new Map([[2, HOSTILE]]),
      keyProviders: [
        keyProvider(1, { keyProviderIsActive: true, keyServerIDs: [1, 2] }),
        keyProvider(2, { keyProviderName: HOSTILE, keyServerIDs: [3] }),
        keyProvider(3, { keyProviderIsActive: true, keyServerIDs: [5] }),
      ],
      masterKey: { holder: 1, keyID: "2b0d8c1e-5a0c-4a7e-9d6f-0c5a1f3e7b90", asyncHandle: 3 },
      hardwareEncryption: { state: "enabled", holder: 3, keyID: "77c1a5de-14a8-4b35-8b8a-53a0d1b8e4fe" },
    }),
    faults: [fault(), fault({ clusterFaultID: 13, code: "driveFailed", severity: "critical", details: HOSTILE })],
    rekey: rekey({ error: { name: "xKmipFailure", message: HOSTILE } }),
  });
  const internal = observation({
    inventory: inventory({
      cluster: { name: "internal", uniqueID: "in01" },
      keyServers: [],
      keyProviders: [],
      keyPair: undefined,
      masterKey: {
        holder: "internal",
        keyID: "5a0c8c1e-2b0d-4a7e-9d6f-0c5a1f3e7b90",
        keyCreatedTime: "2025-03-01T00:00:00Z",
      },
    }),
    rekey: undefined,
  });
  const failure = { code: "EKM_CONNECTION_UNREACHABLE", message: `calling GetAPI on cluster "east": ${HOSTILE}.` };
  const { drift } = exampleReport();
  return reportOf(
    [
      {
        connection: "default",
        endpoint: "https://10.0.0.5",
        tlsVerification: "off",
        facts: clusterFacts(crowded, NOW),
      },
      {
        connection: "west",
        endpoint: "https://10.0.0.6",
        tlsVerification: "caCertificate",
        facts: clusterFacts(internal, NOW),
      },
      { connection: "east", endpoint: "https://10.0.0.7", tlsVerification: "systemRoots", failure },
    ],
    drift && {
      ...drift,
      resources: drift.resources.map((resource) => ({
        ...resource,
        differences: resource.differences.map((difference) => ({ ...difference, observed: HOSTILE })),
      })),
    },
    [],
    [
      {
        connection: "default",
        ...{ endpoint: "https://10.0.0.8", tlsVerification: "off" },
        facts: vcenterFacts(worstVcenter(clients), { now: NOW, recorded: [] }),
      },
    ],
  );
}

/** Providers of hostile names, with a server for each of these certificates, none of which is well. */
function worstVcenter(certificates: readonly string[]) {
  const servers = certificates.map((_, index) => ({
    name: index === 1 ? HOSTILE : `server ${index}`,
    ...{ hostname: `a-rather-long-host-name-${index}.of.a.key-server.example.com`, port: 5696 },
  }));
  const crowded = {
    servers,
    clientCertificate: certificates[0],
    presented: servers.map(({ name: server }, index) => ({
      ...{ server, certificate: certificates[index], isTrusted: false, details: [HOSTILE] },
    })),
    health: {
      ...{ health: "unhealthy" as const, details: [HOSTILE] },
      servers: servers.map(({ name }) => ({
        ...{ name, health: "unhealthy" as const, serverTrusted: false, clientTrusted: false, details: [HOSTILE] },
      })),
    },
  };
  return vsphere.inventory({
    fullName: HOSTILE,
    keyProviders: [
      vsphere.keyProvider({ ...crowded, use: { keys: [HOSTILE], holders: [], tags: [HOSTILE] } }),
      vsphere.trustedKeyProvider({ ...crowded, name: HOSTILE, primaryKey: HOSTILE, clientCertificate: HOSTILE }),
    ],
  });
}
