import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type Server, type ServerOptions } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { join } from "node:path";
import type { SecureVersion } from "node:tls";
import { promisify } from "node:util";
import { ConnectedCluster } from "../../../provider/systems/element/api/cluster";
import type { ConnectionSettings } from "../../../provider/systems/element/api/settings";
import { projectRoot } from "../../../tools/engine/paths";
import { issue, makeAuthority } from "../../kit/certificates";
import { MovedClock } from "../../kit/moved-clock";
import { lowerTlsDefaults, OLD_TLS } from "../../kit/tls-defaults";
import { PASSWORD } from "../stage";

const DAY = 86_400_000;
const days = (count: number) => new Date(Date.now() + count * DAY);

const authority = makeAuthority({ commonName: "Storage Authority" });
const stranger = makeAuthority({ commonName: "Strange Authority" });
const genuine = issue(authority, { commonName: "cluster", usage: "server" });
const impostor = issue(stranger, { commonName: "cluster", usage: "server" });
const expired = issue(authority, { commonName: "cluster", usage: "server", notBefore: days(-9), notAfter: days(-1) });
const future = issue(authority, { commonName: "cluster", usage: "server", notBefore: days(1) });
const elsewhere = issue(authority, { commonName: "cluster", usage: "server", hosts: ["storage.example.com"] });
const client = issue(authority, { commonName: "cluster", usage: "client", hosts: ["127.0.0.1"] });

const fingerprintOf = ({ cert }: { cert: string }): string => new X509Certificate(cert).fingerprint256;
const byAuthority = { caCertificate: authority.certificate };
const byPin = { fingerprint256: fingerprintOf(genuine) };

const servers: TcpServer[] = [];
const clusters: ConnectedCluster[] = [];
let requests: string[] = [];

afterEach(async () => {
  await Promise.all(clusters.splice(0).map((cluster) => cluster.close()));
  for (const server of servers.splice(0)) {
    if ("closeAllConnections" in server) (server as Server).closeAllConnections();
    server.close();
  }
  requests = [];
});

async function listening(server: TcpServer): Promise<number> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** What a cluster answers to the first questions. */
function endpointWith(options: ServerOptions): Server {
  return createServer(options, (request, response) => {
    requests.push(String(request.headers.authorization));
    request.resume().on("end", () => response.end(ANSWER));
  });
}

const ANSWER = JSON.stringify({
  id: 1,
  result: { currentVersion: "12.3", clusterInfo: { name: "east", uniqueID: "ab12" } },
});

function connectTo(port: number, settings: Partial<ConnectionSettings>): ConnectedCluster {
  const cluster = new ConnectedCluster(
    "east",
    { endpoint: `https://127.0.0.1:${port}`, username: "admin", password: PASSWORD, ...settings },
    { clock: new MovedClock(), signal: new AbortController().signal, assertHostAlive: async () => {} },
  );
  clusters.push(cluster);
  return cluster;
}

const hangingUp = () => createTcpServer((socket) => void socket.destroy());
const mailServer = () => createTcpServer((socket) => void socket.end("220 mail.example.com ESMTP\r\n"));
const described = (cert: { cert: string }, issuer: string): string[] => {
  const { validFromDate, validToDate } = new X509Certificate(cert.cert);
  return [
    'presented certificate "O=pulumi-ekm tests, CN=cluster"',
    `issued by "O=pulumi-ekm tests, CN=${issuer}"`,
    `valid from ${validFromDate.toISOString()} to ${validToDate.toISOString()}`,
    `SHA-256 fingerprint ${fingerprintOf(cert)}`,
  ];
};

type Row = [what: string, () => TcpServer, Partial<ConnectionSettings>, code: string, words: string[]];

const REFUSED: Row[] = [
  [
    "another certificate than the pinned one",
    () => endpointWith(impostor),
    { fingerprint256: byPin.fingerprint256.replaceAll(":", "").toLowerCase() },
    "EKM_CONNECTION_CERTIFICATE",
    [
      ...described(impostor, "Strange Authority"),
      `expected is the pinned fingerprint256 ${byPin.fingerprint256}`,
      "somebody poses as the cluster",
    ],
  ],
  [
    "a certificate of another authority",
    () => endpointWith(impostor),
    byAuthority,
    "EKM_CONNECTION_CERTIFICATE",
    [
      ...described(impostor, "Strange Authority"),
      'signed by caCertificate (certificate "O=pulumi-ekm tests, CN=Storage Authority"',
      new X509Certificate(authority.certificate).fingerprint256,
      "fingerprint256",
    ],
  ],
  [
    "a certificate of an authority that this machine does not know",
    () => endpointWith(genuine),
    {},
    "EKM_CONNECTION_CERTIFICATE",
    [...described(genuine, "Storage Authority"), "an authority that this machine trusts", "as caCertificate"],
  ],
  [
    "an expired certificate",
    () => endpointWith(expired),
    byAuthority,
    "EKM_CONNECTION_CERTIFICATE",
    [...described(expired, "Storage Authority"), "one that has not expired (CERT_HAS_EXPIRED)", "SetSSLCertificate"],
  ],
  [
    "a certificate before its time",
    () => endpointWith(future),
    byAuthority,
    "EKM_CONNECTION_CERTIFICATE",
    [...described(future, "Storage Authority"), "one that is valid already", "this machine's clock"],
  ],
  [
    "a certificate for another host",
    () => endpointWith(elsewhere),
    byAuthority,
    "EKM_CONNECTION_CERTIFICATE",
    [
      "for DNS:storage.example.com, issued by",
      "one for the endpoint's host, 127.0.0.1",
      "a name that the certificate has",
    ],
  ],
  [
    "a client's certificate",
    () => endpointWith(client),
    byAuthority,
    "EKM_CONNECTION_CERTIFICATE",
    [...described(client, "Storage Authority").slice(1), "serverAuth"],
  ],
  ...(["TLSv1", "TLSv1.1"] as const).map(
    (maxVersion): Row => [
      `nothing newer than ${maxVersion}`,
      () => endpointWith({ ...genuine, ...OLD_TLS, maxVersion }),
      byPin,
      "EKM_CONNECTION_HANDSHAKE",
      ["only versions of TLS before 1.2", "Upgrade what answers there"],
    ],
  ),
  [
    "encryption without encryption",
    () => endpointWith({ ...genuine, maxVersion: "TLSv1.2", ciphers: "NULL-SHA256:@SECLEVEL=0" }),
    byPin,
    "EKM_CONNECTION_HANDSHAKE",
    ["no way to encrypt that is safe to both", "1.2 or newer"],
  ],
  [
    "plain HTTP",
    () => createHttpServer((request) => requests.push(String(request.headers.authorization))),
    { insecure: true },
    "EKM_CONNECTION_HANDSHAKE",
    ["does not answer in TLS", "host and port"],
  ],
  ["a mail server", mailServer, { insecure: true }, "EKM_CONNECTION_HANDSHAKE", ["does not answer in TLS"]],
  ["someone who hangs up", hangingUp, byPin, "EKM_CONNECTION_UNREACHABLE", ["ECONNRESET"]],
];

test.each(REFUSED)(
  "%s is refused before a request is sent, in words to decide by",
  async (_, start, settings, code, words) => {
    const port = await listening(start());
    lowerTlsDefaults();
    const refusal = await connectTo(port, settings)
      .clusterInfo()
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code });
    const { message } = refusal as Error;
    for (const word of words) expect(message).toContain(word);
    expect(message).toMatch(/^calling GetAPI on cluster "east": https:\/\/127\.0\.0\.1:\d+ /);
    expect(requests).toEqual([]);
  },
);

test.each<[string, ServerOptions, Partial<ConnectionSettings>, SecureVersion]>([
  ["a certificate of the authority", genuine, byAuthority, "TLSv1.3"],
  ["the pinned certificate", genuine, byPin, "TLSv1.3"],
  ["TLS 1.2", { ...genuine, maxVersion: "TLSv1.2" }, byPin, "TLSv1.2"],
  [
    "a pinned certificate that has expired: the pin is all that counts",
    expired,
    { fingerprint256: fingerprintOf(expired) },
    "TLSv1.3",
  ],
  ["anything where that is declared insecure", impostor, { insecure: true }, "TLSv1.3"],
])("%s is accepted", async (_, options, settings, version) => {
  const server = endpointWith(options);
  const agreed = new Promise((resolve) => server.once("secureConnection", (socket) => resolve(socket.getProtocol())));
  const cluster = connectTo(await listening(server), settings);
  expect(await cluster.clusterInfo()).toMatchObject({ uniqueID: "ab12" });
  expect(await agreed).toBe(version);
});

test.each([
  ["a pin", byPin],
  ["an authority", byAuthority],
])("with %s, a certificate that is swapped between two calls of a run is refused", async (_, settings) => {
  const server = endpointWith(genuine);
  const cluster = connectTo(await listening(server), settings);
  await cluster.clusterInfo();
  const before = requests.length;
  server.setSecureContext(impostor);
  server.closeAllConnections();
  await expect(cluster.call("ListKeyServersKmip", {})).rejects.toMatchObject({
    code: "EKM_CONNECTION_CERTIFICATE",
    message: expect.stringContaining(fingerprintOf(impostor)),
  });
  expect(requests).toHaveLength(before);
});

const CLIENT = `
const { ConnectedCluster } = require(${JSON.stringify(join(projectRoot, "dist", "provider", "systems", "element", "api", "cluster.js"))});
const settings = { endpoint: process.argv[1], username: "admin", password: "not sent" };
const clock = { now: () => new Date(), sleep: async () => {}, timeout: AbortSignal.timeout };
new ConnectedCluster("east", settings, { clock, signal: new AbortController().signal, assertHostAlive: async () => {} })
  .clusterInfo().then(() => "accepted", (error) => error.code).then((outcome) => { console.log(outcome); process.exit(0); });
`;

test("NODE_TLS_REJECT_UNAUTHORIZED=0 accepts nothing that is not declared insecure", async () => {
  const port = await listening(endpointWith(impostor));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--no-warnings", "-e", CLIENT, `https://127.0.0.1:${port}`],
    { env: { NODE_TLS_REJECT_UNAUTHORIZED: "0" } },
  );
  expect(stdout.trim()).toBe("EKM_CONNECTION_CERTIFICATE");
  expect(requests).toEqual([]);
});
