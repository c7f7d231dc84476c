import { once } from "node:events";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { configuredConnections } from "../../../provider/adapters/pulumi/connections";
import { element } from "../../../provider/systems/element/system";
import { makeAuthority } from "../../kit/certificates";
import { MovedClock } from "../../kit/moved-clock";
import { type KeyAndCertificate, type KeyKind, Openssl } from "../../kit/openssl";
import { PASSWORD } from "../stage";

const openssl = new Openssl();
afterAll(() => openssl.dispose());

const FOR_HOST = "subjectAltName=IP:127.0.0.1\n";
const AUTHORITY = "basicConstraints=critical,CA:TRUE\n";

function signedBy(
  issuer: KeyAndCertificate,
  name: string,
  extensions: string,
  kind: KeyKind = "p256",
  ...more: string[]
) {
  const key = openssl.key(kind);
  return {
    key,
    certificate: openssl.sign(openssl.request(key, `/CN=${name}`), issuer, extensions, "-days", "90", ...more),
  };
}

const root = openssl.selfSigned("rsa2048", "/CN=root");
const weakRoot = openssl.selfSigned("rsa1024", "/CN=weak root");
const short = signedBy(root, "short", FOR_HOST, "rsa1024");
const bySha1 = signedBy(root, "hashed", FOR_HOST, "p256", "-sha1");
const byMd5 = signedBy(root, "hashed", FOR_HOST, "p256", "-md5");
const last = signedBy(root, "last", "basicConstraints=critical,CA:TRUE,pathlen:0\n");
const beyond = signedBy(last, "beyond", AUTHORITY);
const tooDeep = signedBy(beyond, "too deep", FOR_HOST);
const noAuthority = signedBy(root, "no authority", "basicConstraints=CA:FALSE\n");
const signer = signedBy(root, "signer", AUTHORITY, "p256", "-sha1");
const between = signedBy(root, "between", AUTHORITY);
const endedAuthority = makeAuthority({
  commonName: "ended",
  notBefore: new Date("2020-01-01T00:00:00Z"),
  notAfter: new Date("2021-01-01T00:00:00Z"),
});
const ended: KeyAndCertificate = { key: endedAuthority.privateKey, certificate: endedAuthority.certificate };

const chain = (...parts: KeyAndCertificate[]): KeyAndCertificate => ({
  key: parts[0]?.key ?? "",
  certificate: parts.map(({ certificate }) => certificate).join(""),
});

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function refusalOf(presented: KeyAndCertificate, authorities: KeyAndCertificate[]): Promise<string> {
  const { key, certificate: cert } = presented;
  const server = createServer({ key, cert, ciphers: "DEFAULT@SECLEVEL=0" }, () => {
    throw new Error("a request was sent");
  });
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const connections = configuredConnections(
    element,
    {
      clusters: {
        east: {
          endpoint: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
          username: "admin",
          password: PASSWORD,
          caCertificate: authorities.map(({ certificate }) => certificate).join(""),
        },
      },
    },
    {},
    { clock: new MovedClock(), signal: new AbortController().signal, assertHostAlive: async () => {} },
  );
  const refusal = await connections
    .connection("east")
    .clusterInfo()
    .catch((error: Error & { code: string }) => error);
  await connections.close();
  expect(refusal).toMatchObject({ code: "EKM_CONNECTION_CERTIFICATE" });
  return (refusal as Error).message;
}

test.each<[string, KeyAndCertificate, KeyAndCertificate[], string]>([
  ["a short key", short, [root], 'a stronger one: certificate "CN=short" has an RSA key of 1024 bits, fewer than 2048'],
  ["a hash of SHA-1", bySha1, [root], 'a stronger one: certificate "CN=hashed" is signed with sha1WithRSAEncryption'],
  ["a hash of MD5", byMd5, [root], 'a stronger one: certificate "CN=hashed" is signed with md5WithRSAEncryption'],
  ["the short key of its authority", signedBy(weakRoot, "leaf", FOR_HOST), [weakRoot], '"CN=weak root" has an RSA key'],
  [
    "the weak hash of an authority between",
    chain(signedBy(signer, "leaf", FOR_HOST), signer),
    [root],
    '"CN=signer" is sig',
  ],
  ["a chain that is too long", chain(tooDeep, beyond, last), [root], "one below no more authorities than"],
  [
    "an issuer that is no authority",
    chain(signedBy(noAuthority, "leaf", FOR_HOST), noAuthority),
    [root],
    'one that an authority signed; certificate "CN=no authority" above it is none',
  ],
  [
    "an authority that has ended",
    signedBy(ended, "leaf", FOR_HOST),
    [ended],
    'CN=ended" is valid from 2020-01-01T00:00:00.000Z to 2021-01-01T00:00:00.000Z',
  ],
  [
    "what nobody knows",
    signedBy(root, "x", `${FOR_HOST}1.2.3.4=critical,ASN1:NULL\n`),
    [root],
    "one that OpenSSL accepts",
  ],
  ["an authority without its own", chain(signedBy(between, "leaf", FOR_HOST), between), [between], "up to the root"],
  ["itself for its authority", bySha1, [bySha1], "which has this very certificate instead"],
])(
  "a cluster's certificate with %s is told as such, and not as somebody else's",
  async (_, presented, given, words) => {
    const message = await refusalOf(presented, given);
    expect(message).toContain(words);
    expect(message).not.toContain("poses as");
    expect(message).not.toContain("is one that is signed by caCertificate");
  },
);
