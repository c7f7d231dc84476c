import { ConnectedCluster } from "../../../provider/systems/element/api/cluster";
import type { ConnectionSettings } from "../../../provider/systems/element/api/settings";
import type { Switches } from "../../../simulator";
import { MovedClock } from "../../kit/moved-clock";
import { otherAuthority, PASSWORD, type Scene } from "../stage";
import { useTheatre } from "../table";

const theatre = useTheatre();
const open: ConnectedCluster[] = [];

afterEach(() => Promise.all(open.splice(0).map((cluster) => cluster.close())));

function connect({ cluster }: Scene, settings: Partial<ConnectionSettings> = {}): ConnectedCluster {
  const { endpoint, username, fingerprint256 } = cluster;
  const trust = "insecure" in settings || "caCertificate" in settings ? {} : { fingerprint256 };
  const connected = new ConnectedCluster(
    "east",
    { endpoint, username, password: PASSWORD, ...trust, ...settings },
    { clock: new MovedClock(), signal: new AbortController().signal, assertHostAlive: async () => {} },
  );
  open.push(connected);
  return connected;
}

async function failure(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await work.then(
    () => {
      throw new Error("it succeeded");
    },
    (thrown: Error & { code: string }) => thrown,
  );
  expect(`${error.message} ${JSON.stringify(error)} ${error.stack} ${error.cause}`).not.toContain(PASSWORD);
  expect(error.message).not.toContain(Buffer.from(`admin:${PASSWORD}`).toString("base64"));
  return { code: error.code, message: error.message };
}

const CONNECTIONS: [string, Partial<ConnectionSettings>, string, string][] = [
  ["a wrong password", { password: "wrong" }, "EKM_CONNECTION_LOGIN", "HTTP 401"],
  ["a wrong pin", { fingerprint256: "00".repeat(32) }, "EKM_CONNECTION_CERTIFICATE", "fingerprint256"],
  [
    "no trust in a self-signed certificate",
    { fingerprint256: undefined },
    "EKM_CONNECTION_CERTIFICATE",
    "caCertificate",
  ],
  ["another authority", { caCertificate: otherAuthority.certificate }, "EKM_CONNECTION_CERTIFICATE", "caCertificate"],
  ["nobody there", { endpoint: "https://127.0.0.1:1" }, "EKM_CONNECTION_UNREACHABLE", "ECONNREFUSED"],
];

test.each(CONNECTIONS)("%s: %j is refused with %s", async (_what, settings, code, word) => {
  const scene = await theatre.scene("bare");
  const refused = await failure(connect(scene, settings).clusterInfo());
  expect(refused).toMatchObject({ code, message: expect.stringContaining(word) });
  expect(scene.cluster.calls("GetClusterInfo")).toEqual([]);
});

test("nothing is sent to a cluster whose certificate is not the pinned one", async () => {
  const scene = await theatre.scene("bare");
  await failure(connect(scene, { fingerprint256: "00".repeat(32) }).clusterInfo());
  expect(scene.cluster.requests).toEqual([]);
});

test.each<[string, (scene: Scene) => Partial<ConnectionSettings>, string]>([
  ["an authority", ({ cluster }) => ({ caCertificate: cluster.certificate }), "caCertificate"],
  [
    "a pin without colons",
    ({ cluster }) => ({ fingerprint256: cluster.fingerprint256.replaceAll(":", "").toLowerCase() }),
    "fingerprint256",
  ],
  ["no verification", () => ({ insecure: true }), "off"],
])("a cluster is reached with %s", async (_what, settings, tlsVerification) => {
  const scene = await theatre.scene("bare");
  const cluster = connect(scene, settings(scene));
  expect((await cluster.clusterInfo()).uniqueID).toBe(scene.cluster.state().identity.uniqueID);
  expect(cluster.tlsVerification).toBe(tlsVerification);
});

test("version and identity are asked once, over one connection, and a failure is not remembered", async () => {
  const scene = await theatre.scene("bare");
  scene.cluster.faults.add({ method: "GetClusterInfo", count: 1, action: { httpStatus: 400 } });
  const cluster = connect(scene);
  await failure(cluster.clusterInfo());
  await Promise.all([cluster.clusterInfo(), cluster.clusterInfo(), cluster.call("ListKeyServersKmip", {})]);
  expect(scene.cluster.calls("GetAPI")).toHaveLength(1);
  expect(scene.cluster.calls("GetClusterInfo")).toHaveLength(2);
});

test("a cluster that is too old is told so with both versions", async () => {
  const old: Partial<Switches> = { apiVersion: "12.2" };
  const scene = await theatre.scene("bare", old);
  const refused = await failure(connect(scene).call("GetSoftwareEncryptionAtRestInfo", {}));
  expect(refused).toMatchObject({ code: "EKM_API_VERSION", message: expect.stringMatching(/12\.3.*12\.2/) });
  expect(scene.cluster.calls("GetSoftwareEncryptionAtRestInfo")).toEqual([]);
});
