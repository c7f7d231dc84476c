import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { configuredConnections, type RawConfig } from "../../../provider/adapters/pulumi/connections";
import type { ConnectionRuntime } from "../../../provider/core/system";
import type { Method } from "../../../provider/systems/element/api/types";
import { keyProvider } from "../../../provider/systems/element/key-provider/key-provider";
import { keyServer } from "../../../provider/systems/element/key-server/key-server";
import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import { element } from "../../../provider/systems/element/system";
import type { FaultAction } from "../../../simulator/chassis/fault-actions";
import { ConnectProxy } from "../../kit/connect-proxy";
import { MovedClock } from "../../kit/moved-clock";
import { failureOf, type Provocation, type Provocations } from "../../kit/provocation";
import { external, REKEY } from "../master-key-scene";
import { PASSWORD, type Scene } from "../stage";
import { onResource, theatre } from "./on-resource";

const ENDPOINT = "https://storage-1.example.com";

const offline: ConnectionRuntime = {
  clock: new MovedClock(),
  signal: new AbortController().signal,
  assertHostAlive: async () => {},
};

/** The connection "default", as configured. */
const resolving =
  (config: RawConfig, environment: NodeJS.ProcessEnv = {}): Provocation =>
  () =>
    failureOf(() => configuredConnections(element, config, environment, offline).connection("default"));

const LIST = "ListKeyProvidersKmip";

/** A refresh of a key provider on a cluster of which somebody disposes before. */
const refreshing = (before: (scene: Scene) => unknown): Provocation =>
  onResource("KeyProvider", keyProvider, "attached", async ({ resource, scene, run }) => {
    await resource.up({ adopt: "1" });
    run.next();
    await before(scene);
    return resource.refresh();
  });

const answering = (method: Method, action: FaultAction): Provocation =>
  refreshing(({ cluster }) => cluster.faults.add({ method, action }));

export const connection: Provocations = {
  EKM_CONNECTION_NOT_CONFIGURED: resolving({ clusters: { east: {} } }),

  EKM_CONNECTION_CONFIGURATION: resolving(
    { clusters: { default: { endpoint: ENDPOINT, username: "admin", password: PASSWORD } } },
    { EKM_CLUSTERS: JSON.stringify({ default: { endpoint: "https://storage-2.example.com" } }) },
  ),

  EKM_CONNECTION_UNREACHABLE: answering(LIST, { httpStatus: 503 }),

  EKM_PROXY: async () => {
    const { cluster } = await theatre.scene("bare");
    const { username, fingerprint256 } = cluster;
    const clusters = { default: { endpoint: ENDPOINT, username, password: PASSWORD, fingerprint256 } };
    const proxy = await ConnectProxy.start(Number(new URL(cluster.endpoint).port), { refusal: 407 });
    const connections = configuredConnections(element, { clusters }, { HTTPS_PROXY: proxy.url() }, offline);
    const said = await failureOf(() => connections.connection("default").clusterInfo());
    await connections.close();
    proxy.stop();
    return said;
  },

  EKM_CONNECTION_TIMEOUT: onResource("KeyProvider", keyProvider, "attached", async ({ resource, scene, run }) => {
    await resource.up({ adopt: "1" });
    const { cluster } = scene;
    cluster.faults.add({ method: LIST, action: { silence: true } });
    const before = cluster.calls(LIST).length;
    for (const tried of [1, 2]) {
      scene.when(
        () => cluster.calls(LIST).length === before + tried,
        () => run.clock.advance(30_000),
      );
    }
    return resource.refresh();
  }),

  EKM_CONNECTION_CERTIFICATE: onResource("KeyProvider", keyProvider, "attached", async ({ resource, scene }) => {
    await scene.cluster.replaceCertificate();
    return resource.up({ adopt: "1" });
  }),

  EKM_CONNECTION_HANDSHAKE: async () => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const endpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const config = { clusters: { default: { endpoint, username: "admin", password: PASSWORD } } };
    const connections = configuredConnections(element, config, {}, offline);
    const said = await failureOf(() => connections.connection("default").clusterInfo());
    await connections.close();
    server.closeAllConnections();
    server.close();
    return said;
  },

  EKM_CONNECTION_LOGIN: answering(LIST, { httpStatus: 401 }),

  EKM_PERMISSION_DENIED: onResource("MasterKey", masterKey, "attached", ({ resource }) => resource.up(external()), {
    deniedMethods: [REKEY],
  }),

  EKM_API_VERSION: onResource("MasterKey", masterKey, "attached", ({ resource }) => resource.up(external()), {
    apiVersion: "12.2",
  }),

  EKM_UNEXPECTED_ANSWER: answering(LIST, { httpStatus: 200, body: "<html>Log in</html>" }),

  EKM_ELEMENT_API: onResource("KeyServer", keyServer, "attached", async ({ resource, scene }) => {
    const [server] = scene.cluster.state().keyServers;
    const args = { ...scene.keyServerAddress(), clientCertificate: server?.kmipClientCertificate ?? "", adopt: "1" };
    await resource.up(args);
    const error = { name: "xInvalidParameter", message: "kmipKeyServerName is reserved" };
    scene.cluster.faults.add({ method: "ModifyKeyServerKmip", action: { error } });
    return resource.up({ ...args, name: "eks" });
  }),

  EKM_CONNECTION_IDENTITY: onResource("KeyProvider", keyProvider, "attached", async ({ resource, scene }) => {
    await scene.cluster.mutate(({ identity }) => {
      identity.uniqueID = "b2m9";
    });
    await resource.up({ adopt: "1" });
    Object.assign(resource.state?.outputs ?? {}, { clusterUniqueID: "a7k3" });
    return resource.refresh();
  }),
};
