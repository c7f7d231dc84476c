import { execFileSync } from "node:child_process";
import { closeAll } from "../cleanup";
import { call, refusal } from "./api-caller";
import { startCluster } from "./clusters";

afterEach(closeAll);

const subject = {
  commonName: "cluster.example",
  organization: "Örg",
  organizationalUnit: "Storage",
  locality: "Town",
  state: "Region",
  country: "DE",
  emailAddress: "storage@example.com",
};

function openssl(request: string, ...args: string[]): string {
  return execFileSync("openssl", ["req", "-noout", ...args], { input: request, encoding: "utf8", stdio: "pipe" });
}

async function presentRequest(cluster: Parameters<typeof call>[0]): Promise<string> {
  return (await call(cluster, "GetClientCertificateSignRequest")).clientCertificateSignRequest;
}

test("there is no request before there is a pair", async () => {
  expect((await refusal(await startCluster(), "GetClientCertificateSignRequest")).name).toBe("xKeyPairDoesNotExist");
});

test("the request is what Element's looks like, and openssl verifies it", async () => {
  const cluster = await startCluster();
  expect(await call(cluster, "CreatePublicPrivateKeyPair", subject)).toEqual({});
  const request = await presentRequest(cluster);
  expect(request).toMatch(/^-----BEGIN CERTIFICATE REQUEST-----\n[^\r]+\n-----END CERTIFICATE REQUEST-----\n$/);
  const shown = openssl(request, "-verify", "-text");
  expect(shown).toContain("Version: 1 (0x0)");
  expect(shown).toContain("Public-Key: (2048 bit)");
  expect(shown).toContain("Signature Algorithm: sha256WithRSAEncryption");
  expect(shown).toMatch(/X509v3 Key Usage: critical\s+Digital Signature, Key Encipherment/);
  expect(shown).toMatch(/X509v3 Extended Key Usage:\s+TLS Web Client Authentication/);
  expect(shown).not.toContain("Alternative Name");
});

test("the subject's parts are in Element's order, each in its string type", async () => {
  const cluster = await startCluster();
  await call(cluster, "CreatePublicPrivateKeyPair", subject);
  const parts = openssl(await presentRequest(cluster), "-subject", "-nameopt", "sname,show_type,utf8,sep_multiline");
  expect(
    parts
      .split("\n")
      .slice(1, 8)
      .map((line) => line.trim()),
  ).toEqual([
    "CN=UTF8STRING:cluster.example",
    "O=UTF8STRING:Örg",
    "OU=UTF8STRING:Storage",
    "L=UTF8STRING:Town",
    "ST=UTF8STRING:Region",
    "C=PRINTABLESTRING:DE",
    "emailAddress=IA5STRING:storage@example.com",
  ]);
});

test("asking again gives the same bytes; a new pair gives another key and subject", async () => {
  const cluster = await startCluster();
  await call(cluster, "CreatePublicPrivateKeyPair", subject);
  const first = await presentRequest(cluster);
  const before = cluster.state().keyPair;
  expect(await presentRequest(cluster)).toBe(first);
  await call(cluster, "CreatePublicPrivateKeyPair", { commonName: "other" });
  const second = await presentRequest(cluster);
  expect(openssl(second, "-pubkey")).not.toBe(openssl(first, "-pubkey"));
  expect(openssl(second, "-subject").trim()).toMatch(/^subject=\s*CN ?= ?other$/);
  expect(cluster.state().keyPair).toMatchObject({ subject: { commonName: "other" }, generation: 2 });
  expect(cluster.state().keyPair?.fingerprint256).not.toBe(before?.fingerprint256);
});

test("the version quirk of Element 11.7 is signed over, so openssl still verifies it", async () => {
  const cluster = await startCluster({ switches: { csrVersion2: true } });
  await call(cluster, "CreatePublicPrivateKeyPair", {});
  const shown = openssl(await presentRequest(cluster), "-verify", "-text");
  expect(shown).toMatch(/Version: (Unknown \(2\)|3 \(0x2\))/);
});
