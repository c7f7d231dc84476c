import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer, type SecureVersion, type TlsOptions } from "node:tls";
import { KmipAuthenticationError, KmipClient, type KmipServer, startKmipServer } from "../../kmip";
import { issue, makeAuthority } from "../kit/certificates";
import { lowerTlsDefaults, OLD_TLS } from "../kit/tls-defaults";

const DAY = 86_400_000;
const authority = makeAuthority();
const stranger = makeAuthority({ commonName: "Another Authority" });
const server = issue(authority, { commonName: "key server", usage: "server" });
const client = issue(authority, { commonName: "cluster", usage: "client" });
const certified = (options: object) => issue(authority, { commonName: "key server", usage: "server", ...options });

/** Ends that listen until the test is over. */
const open: { close(): unknown }[] = [];
afterEach(() => Promise.all(open.splice(0).map((end) => end.close())));

async function portOf(listener: Server): Promise<number> {
  open.push(listener);
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return (listener.address() as AddressInfo).port;
}

const tlsServer = (options: TlsOptions) => () =>
  createServer({ ca: authority.certificate, requestCert: true, ...options }, (socket) => socket.destroy());

test.each<[what: string, listener: () => Server, code: string]>([
  [
    "another authority's certificate",
    tlsServer(issue(stranger, { commonName: "x", usage: "server" })),
    "serverCertificateRefused",
  ],
  [
    "an expired certificate",
    tlsServer(certified({ notBefore: new Date(0), notAfter: new Date(DAY) })),
    "serverCertificateRefused",
  ],
  [
    "a certificate before its time",
    tlsServer(certified({ notBefore: new Date(Date.now() + DAY) })),
    "serverCertificateRefused",
  ],
  ["a certificate for another host", tlsServer(certified({ hosts: ["keys.example.com"] })), "serverCertificateRefused"],
  [
    "a client's certificate",
    tlsServer(certified({ usage: "client", hosts: ["127.0.0.1"] })),
    "serverCertificateRefused",
  ],
  ["nothing newer than TLS 1.0", tlsServer({ ...server, ...OLD_TLS, maxVersion: "TLSv1" }), "handshakeFailed"],
  ["nothing newer than TLS 1.1", tlsServer({ ...server, ...OLD_TLS, maxVersion: "TLSv1.1" }), "handshakeFailed"],
  [
    "encryption without encryption",
    tlsServer({ ...server, maxVersion: "TLSv1.2", ciphers: "NULL-SHA256:@SECLEVEL=0" }),
    "handshakeFailed",
  ],
  ["plain HTTP", () => createHttpServer(), "handshakeFailed"],
  [
    "plain text",
    () => createTcpServer((socket) => void socket.end("220 mail.example.com ESMTP\r\n")),
    "handshakeFailed",
  ],
])("a KMIP client refuses a server with %s", async (_, listener, code) => {
  const port = await portOf(listener());
  lowerTlsDefaults();
  const refusal = await KmipClient.connect({ host: "127.0.0.1", port, ca: authority.certificate, ...client }).catch(
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(KmipAuthenticationError);
  expect(refusal).toMatchObject({ code });
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kmip-tls-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each<[SecureVersion, agreed: boolean]>([
  ["TLSv1", false],
  ["TLSv1.1", false],
  ["TLSv1.2", true],
  ["TLSv1.3", true],
])("a KMIP server asked for %s: agreed is %p", async (maxVersion, agreed) => {
  lowerTlsDefaults();
  const kmip: KmipServer = await startKmipServer({ ...server, ca: authority.certificate, stateDir: folder });
  open.push(kmip);
  const { host, port } = kmip;
  const outcome = await new Promise((resolve) => {
    const socket = connect({ host, port, ca: authority.certificate, ...client, ...OLD_TLS, maxVersion });
    socket.once("secureConnect", () => resolve(socket.getProtocol()));
    socket.once("error", ({ message }) => resolve(message));
    open.push({ close: () => socket.destroy() });
  });
  expect(outcome).toEqual(agreed ? maxVersion : expect.stringContaining("protocol version"));
});

test("a pinned certificate is enough, whoever signed it, whomever it names and however old it is", async () => {
  const identity = issue(stranger, { commonName: "x", usage: "server", hosts: [], notAfter: new Date(DAY) });
  const kmip = await startKmipServer({ ...identity, ca: authority.certificate, stateDir: folder });
  open.push(kmip);
  const { fingerprint256 } = new X509Certificate(identity.cert);
  const other = new X509Certificate(server.cert).fingerprint256;
  const connectTo = (...pinned: string[]) =>
    KmipClient.connect({ host: "127.0.0.1", port: kmip.port, pinned, ...client });
  const connection = await connectTo(other, fingerprint256);
  expect(await connection.discoverVersions()).toContain("1.4");
  await connection.close();
  for (const pinned of [[other], []]) {
    await expect(connectTo(...pinned)).rejects.toMatchObject({
      code: "serverCertificateRefused",
      message: expect.stringContaining(fingerprint256),
    });
  }
});
