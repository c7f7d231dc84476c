import { configuredConnections } from "../../../provider/adapters/pulumi/connections";
import type { Connections } from "../../../provider/connections/by-name";
import { proxyFor } from "../../../provider/connections/https/proxy";
import type { Cluster } from "../../../provider/systems/element/api/cluster";
import type { ConnectionSettings } from "../../../provider/systems/element/api/settings";
import { element } from "../../../provider/systems/element/system";
import { issue, makeAuthority } from "../../kit/certificates";
import { ConnectProxy } from "../../kit/connect-proxy";
import { MovedClock } from "../../kit/moved-clock";
import { PASSWORD, type Scene } from "../stage";
import { useTheatre } from "../table";

const theatre = useTheatre();
const proxies: ConnectProxy[] = [];
const open: Connections<ConnectionSettings, Cluster>[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((connections) => connections.close()));
  for (const proxy of proxies.splice(0)) proxy.stop();
});

async function proxyTo({ cluster }: Scene, options: Parameters<typeof ConnectProxy.start>[1] = {}) {
  const proxy = await ConnectProxy.start(Number(new URL(cluster.endpoint).port), options);
  proxies.push(proxy);
  return proxy;
}

const SECRET = "Proxy-Secret-51";

/** The cluster by a name that only the proxy knows. */
async function connect({ cluster }: Scene, environment: NodeJS.ProcessEnv, settings: object = {}) {
  const { username, fingerprint256 } = cluster;
  const east = { endpoint: "https://cluster.invalid", username, password: PASSWORD, fingerprint256, ...settings };
  const connections = configuredConnections(element, { clusters: { east } }, environment, {
    clock: new MovedClock(),
    signal: new AbortController().signal,
    assertHostAlive: async () => {},
  });
  open.push(connections);
  const outcome = await (async () => connections.connection("east").clusterInfo())().catch(
    (error: Error & { code?: string }) => error,
  );
  const { message = "", stack = "", cause } = outcome as Error;
  expect(`${message} ${stack} ${cause} ${JSON.stringify(outcome)}`).not.toContain(SECRET);
  return outcome as { uniqueID?: string; code?: string; message: string };
}

test.each(["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"])(
  "a cluster is reached through the proxy in %s, over kept tunnels, and its own certificate is what counts",
  async (variable) => {
    const scene = await theatre.scene("bare");
    const proxy = await proxyTo(scene);
    expect(await connect(scene, { [variable]: proxy.url() })).toMatchObject({
      uniqueID: scene.cluster.state().identity.uniqueID,
    });
    for (const _ of [1, 2, 3]) await open[0]?.connection("east").call("ListKeyServersKmip", {});
    expect(new Set(proxy.asked)).toEqual(new Set(["cluster.invalid:443"]));
    expect(proxy.asked.length).toBeLessThanOrEqual(2);
    expect(new Set(proxy.authorizations)).toEqual(new Set([undefined]));
  },
);

test("user name and password in the proxy's address are for the proxy alone", async () => {
  const scene = await theatre.scene("bare");
  const proxy = await proxyTo(scene);
  const before = scene.cluster.requests.length;
  await connect(scene, { HTTPS_PROXY: proxy.url(`me%40here:${SECRET}%21@`) });
  expect(proxy.authorizations[0]).toBe(`Basic ${Buffer.from(`me@here:${SECRET}!`).toString("base64")}`);
  expect(scene.cluster.requests.length).toBeGreaterThan(before);
});

test("nothing is sent through the tunnel to another certificate than the pinned one", async () => {
  const scene = await theatre.scene("bare");
  const proxy = await proxyTo(scene);
  const before = scene.cluster.requests.length;
  const refused = await connect(scene, { HTTPS_PROXY: proxy.url() }, { fingerprint256: "00".repeat(32) });
  expect(refused).toMatchObject({
    code: "EKM_CONNECTION_CERTIFICATE",
    message: expect.stringContaining(`https://cluster.invalid, through the proxy ${proxy.url()} (HTTPS_PROXY), is not`),
  });
  expect(scene.cluster.requests.length).toBe(before);
});

test("an authority is judged by the cluster's name, not by the proxy's", async () => {
  const scene = await theatre.scene("bare");
  const proxy = await proxyTo(scene);
  const byAuthority = { fingerprint256: undefined, caCertificate: scene.cluster.certificate };
  const elsewhere = await connect(scene, { HTTPS_PROXY: proxy.url() }, byAuthority);
  expect(elsewhere).toMatchObject({
    code: "EKM_CONNECTION_CERTIFICATE",
    message: expect.stringContaining("one for the endpoint's host, cluster.invalid (ERR_TLS_CERT_ALTNAME_INVALID)"),
  });
  const here = await connect(scene, { HTTPS_PROXY: proxy.url() }, { ...byAuthority, endpoint: "https://localhost" });
  expect(here).toMatchObject({ uniqueID: scene.cluster.state().identity.uniqueID });
});

test.each<[string, Parameters<typeof ConnectProxy.start>[1], string[], number]>([
  ["wants a login", { refusal: 407 }, ["opens no tunnel to cluster.invalid:443 (HTTP 407)", "user name and passw"], 1],
  ["lets nobody through", { refusal: 403 }, ["(HTTP 403)", "let this machine connect"], 1],
  ["is no such proxy", { refusal: 405 }, ["(HTTP 405)", "takes CONNECT"], 1],
  ["does not get through", { refusal: 502 }, ["(HTTP 502) (tried 6 times)", "can be reached from the proxy"], 6],
  ["hangs up", { refusal: "hang up" }, ["gave no answer (", "(tried 6 times)", "that it is up"], 6],
])("a proxy that %s is told as the proxy", async (_, options, words, tries) => {
  const scene = await theatre.scene("bare");
  const proxy = await proxyTo(scene, options);
  const refused = await connect(scene, { HTTPS_PROXY: proxy.url(`me:${SECRET}@`) });
  expect(refused).toMatchObject({ code: "EKM_PROXY" });
  const named = `calling GetAPI on cluster "east": the proxy ${proxy.url()} (HTTPS_PROXY)`;
  for (const word of [named, "or exempt the cluster from it with NO_PROXY", ...words]) {
    expect(refused.message).toContain(word);
  }
  expect(proxy.asked).toHaveLength(tries);
});

test("a proxy that is not there is told as the proxy", async () => {
  const scene = await theatre.scene("bare");
  const refused = await connect(scene, { https_proxy: "127.0.0.1:1" });
  expect(refused).toMatchObject({
    code: "EKM_PROXY",
    message: expect.stringContaining(
      "the proxy http://127.0.0.1:1 (https_proxy) gave no answer (connect ECONNREFUSED 127",
    ),
  });
});

const overTls = (port: number) => `https://localhost:${port}`;

test("a proxy over TLS is trusted by the system's authorities alone", async () => {
  const scene = await theatre.scene("bare");
  const tls = issue(makeAuthority(), { commonName: "proxy", usage: "server" });
  const refused = await connect(scene, { HTTPS_PROXY: overTls((await proxyTo(scene, { tls })).port) });
  expect(refused).toMatchObject({ code: "EKM_PROXY", message: expect.stringMatching(/is not trusted \(UNABLE_TO_/) });
  const noTls = await connect(scene, { HTTPS_PROXY: overTls((await proxyTo(scene)).port) });
  expect(noTls).toMatchObject({ code: "EKM_PROXY", message: expect.stringContaining("does not answer in TLS") });
});

test.each([
  ["socks5://127.0.0.1:1080", "HTTPS_PROXY names a proxy of the kind socks5"],
  ["http://", "HTTPS_PROXY is no address of a proxy"],
])("%s is no proxy that is spoken to", async (address, words) => {
  const scene = await theatre.scene("bare");
  expect(await connect(scene, { HTTPS_PROXY: address })).toMatchObject({
    code: "EKM_CONNECTION_CONFIGURATION",
    message: expect.stringContaining(words),
  });
});

const PROXY = "http://proxy.example.com:3128";

test.each<[string, string, NodeJS.ProcessEnv, string | undefined]>([
  ["nothing", "https://a.example.com", {}, undefined],
  ["an empty variable", "https://a.example.com", { https_proxy: "", HTTPS_PROXY: PROXY }, "HTTPS_PROXY"],
  ["the proxy of plain HTTP", "https://a.example.com", { http_proxy: PROXY, HTTP_PROXY: PROXY }, undefined],
  ["lower case first", "https://a.example.com", { HTTPS_PROXY: "http://x", https_proxy: PROXY }, "https_proxy"],
  ["this machine", "https://127.0.0.1:8443", { HTTPS_PROXY: PROXY }, "HTTPS_PROXY"],
  ...(
    [
      ["a.example.com", "https://a.example.com", true],
      ["A.Example.Com.", "https://a.example.com", true],
      ["example.com", "https://a.example.com", true],
      [".example.com", "https://a.example.com", true],
      ["*.example.com", "https://a.example.com", true],
      ["b.example.com, example.org", "https://a.example.com", false],
      ["ample.com", "https://a.example.com", false],
      ["*", "https://a.example.com", true],
      ["localhost *", "https://a.example.com", true],
      ["a.example.com:443", "https://a.example.com", true],
      ["a.example.com:8443", "https://a.example.com", false],
      ["10.0.0.5", "https://10.0.0.5", true],
      ["0.0.5", "https://10.0.0.5", false],
      ["10.0.0.0/8,::1", "https://10.1.2.3", true],
      ["10.0.0.0/16", "https://10.1.2.3", false],
      ["10.0.0.0/99", "https://10.1.2.3", false],
      ["[fd00::5]", "https://[fd00::5]", true],
      ["fd00:0::5", "https://[fd00::5]", true],
      ["fd00::/8", "https://[fd00::5]:8443", true],
      ["[fd00::5]:8443", "https://[fd00::5]:443", false],
    ] as const
  ).map(([no_proxy, endpoint, exempt]): [string, string, NodeJS.ProcessEnv, string | undefined] => [
    `NO_PROXY ${no_proxy}`,
    endpoint,
    { HTTPS_PROXY: PROXY, NO_PROXY: no_proxy },
    exempt ? undefined : "HTTPS_PROXY",
  ]),
])("with %s, %s goes as curl goes", (_what, endpoint, environment, variable) => {
  expect(proxyFor(endpoint, environment)?.variable).toBe(variable);
});
