import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Policies } from "@pulumi/policy";
import * as rules from "../../policy/index";
import { UNKNOWN } from "../../provider/core/unknown";
import { describeCertificate } from "../../provider/pki";
import { Openssl } from "../kit/openssl";
import { judge, type Subject } from "./judge";

const POLICY = join(__dirname, "..", "..", "policy");
const PASSWORD = "canary-7d1e";
const SHA256 = "a".repeat(64);

const openssl = new Openssl();
const root = openssl.selfSigned("p256", "/CN=Root", "-days", "4000");
const request = openssl.request(openssl.key("rsa2048"), "/CN=storage-1");
const client = (...options: string[]) => openssl.sign(request, root, "extendedKeyUsage = clientAuth", ...options);
const client100 = client("-days", "100");
const client10 = client("-days", "10");
const client900 = client("-days", "900");
const intermediate = openssl.sign(request, root, "basicConstraints = critical, CA:TRUE", "-sha1", "-days", "3000");
const small = openssl.selfSigned("rsa1024", "/CN=Small", "-days", "900").certificate;
const short = openssl.selfSigned("p256", "/CN=Short", "-days", "10").certificate;

afterAll(() => openssl.dispose());

const typed = (type: string) => `pulumi-nodejs:dynamic/ekm/${type}`;
const configured = (connection: object) => ({ "ekm:clusters": JSON.stringify({ default: connection }) });
const connection = { endpoint: "https://192.0.2.1", username: "admin", password: PASSWORD, fingerprint256: SHA256 };
const provider = configured(connection);

const keyServer = (props: object = {}): Subject => ({
  type: typed("element:KeyServer"),
  props: {
    cluster: "default",
    hostnames: ["kms1.example.com", "kms2.example.com"],
    clientCertificate: client100,
    caCertificate: root.certificate,
    ...props,
  },
  provider,
});
const certificate = (props: object = {}): Subject => ({
  type: typed("pki:SignedCertificate"),
  props: { validityDays: 365, caPrivateKey: PASSWORD, ...props },
});
const masterKey = (props: object = {}, more: Partial<Subject> = {}): Subject => ({
  type: typed("element:MasterKey"),
  props: { cluster: "default", keyProvider: "1", onDelete: "internal", rotationTriggers: { a: PASSWORD }, ...props },
  provider,
  ...more,
});
const hardware = (props: object = {}): Subject => ({
  type: typed("element:HardwareEncryption"),
  props: { cluster: "default", onDelete: "internal", ...props },
  provider,
});
const keyProtect = (type: string, props: object, more: Partial<Subject> = {}): Subject => ({
  type: typed(`keyprotect:${type}`),
  props: { instance: "default", ...props },
  ...more,
});
const VCENTER_UUID = "5f0c7d3e-0000-4000-8000-000000000002";
const vsphere = (type: string, props: object, more: Partial<Subject> = {}): Subject => ({
  type: typed(`vsphere:${type}`),
  props: { vcenter: "default", vcenterUuid: VCENTER_UUID, password: PASSWORD, ...props },
  provider: { "ekm:vcenters": JSON.stringify({ default: connection }) },
  ...more,
});
const presented = (pem: string) => ({ presentedCertificates: [describeCertificate(pem)] });
const servers = (...hostnames: string[]) => ({ servers: hostnames.map((hostname) => ({ hostname })) });
const stack = (outputs: object): Subject => ({
  type: "pulumi:pulumi:Stack",
  props: { password: PASSWORD, ...outputs },
});
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const lookup = (...ids: number[]) => ({
  clusterUniqueID: "abcd",
  keyServers: ids.map((keyServerID) => ({ keyServerID, kmipKeyServerName: `kms-${keyServerID}` })),
});
const managed = (keyServerID: number, clusterUniqueID = "abcd") => keyServer({ keyServerID, clusterUniqueID });

interface Row {
  rule: Policies[number];
  what: string;
  stack: Subject[];
  config?: object;
  /** What it says, in this order. */
  says: string[];
}

const ROWS: Row[] = [
  {
    rule: rules.clientCertificateLifetime,
    what: "certificates given and signed here",
    stack: [
      keyServer(),
      keyServer({ clientCertificate: client900 }),
      keyServer({ clientCertificate: client100 + root.certificate }),
      certificate(),
      certificate({ validityDays: 1000 }),
    ],
    says: [
      "The client certificate should be valid for at most 398 days, not for 900.",
      "The client certificate should be valid for at most 398 days, not for 1000.",
    ],
  },
  {
    rule: rules.clientCertificateLifetime,
    what: "certificates registered at an adapter",
    stack: [
      keyProtect("KmipClientCertificate", { certificate: client100 }),
      keyProtect("KmipClientCertificate", { certificate: client900 }),
    ],
    says: ["The client certificate should be valid for at most 398 days, not for 900."],
  },
  {
    rule: rules.certificateRemainingDays,
    what: "certificates registered at an adapter",
    stack: [
      keyProtect("KmipClientCertificate", { certificate: client100 }),
      keyProtect("KmipClientCertificate", { certificate: client10 }),
    ],
    says: ["The client certificate should be valid for 30 more days, not for 9."],
  },
  {
    rule: rules.rootKeyAge,
    what: "versions of a year",
    stack: [
      keyProtect("RootKey", { keyVersionCreated: daysAgo(300) }),
      keyProtect("RootKey", { keyVersionCreated: daysAgo(400) }),
    ],
    says: ["The root key's version should be at most 365 days old, not 400: set maxAge."],
  },
  {
    rule: rules.rootKeyDeletion,
    what: "what a destroy does",
    stack: [
      keyProtect("RootKey", { onDelete: "keep" }),
      keyProtect("RootKey", { onDelete: "delete" }),
      keyProtect("RootKey", { onDelete: "delete" }, { protect: true }),
    ],
    says: ['The root key should be protected, or kept by a destroy: onDelete is "delete".'],
  },
  {
    rule: rules.kmipAdapterDeletion,
    what: "what a destroy does",
    stack: [
      keyProtect("KmipAdapter", { onDelete: "refuse" }),
      keyProtect("KmipAdapter", { onDelete: "destroyKeys" }),
      keyProtect("KmipAdapter", { onDelete: "destroyKeys" }, { protect: true }),
    ],
    says: ['The KMIP adapter should be protected, or keep the keys in it: onDelete is "destroyKeys".'],
  },
  {
    rule: rules.kmipAdapterClientsDeclared,
    what: "adapters without a list of their clients, and lists that somebody is missing from",
    stack: [
      keyProtect("KmipAdapter", { adapterID: "one" }),
      keyProtect("KmipAdapterClients", { adapter: "one", undeclared: [] }),
      keyProtect("KmipAdapter", { adapterID: "two" }),
      keyProtect("KmipAdapterClients", { adapter: "three", undeclared: ["somebody"] }),
    ],
    says: [
      "The KMIP adapter should have a KmipAdapterClients, which says who its clients are.",
      "Every client of the KMIP adapter should be declared, not somebody.",
    ],
  },
  {
    rule: rules.kmipAdapterClientsDeclared,
    what: "an adapter that is not there yet",
    stack: [keyProtect("KmipAdapter", {})],
    says: [],
  },
  {
    rule: rules.clientCertificateLifetime,
    what: "another limit",
    stack: [keyServer(), certificate()],
    config: { maxDays: 90 },
    says: ["at most 90 days, not for 100.", "at most 90 days, not for 365."],
  },
  {
    rule: rules.certificateRemainingDays,
    what: "certificates near their end",
    stack: [
      keyServer(),
      keyServer({ clientCertificate: client10 }),
      keyServer({ clientCertificate: client100 + short }),
      keyServer({ caCertificate: short }),
      keyServer({ caCertificate: short + root.certificate }),
    ],
    says: [
      "The client certificate should be valid for 30 more days, not for 9.",
      "The client certificate should be valid for 30 more days, not for 9.",
      "The CA certificate should be valid for 30 more days, not for 9.",
    ],
  },
  {
    rule: rules.certificateRemainingDays,
    what: "another limit",
    stack: [keyServer({ clientCertificate: client10 })],
    config: { minDays: 5 },
    says: [],
  },
  {
    rule: rules.certificateKeySize,
    what: "short keys",
    stack: [keyServer(), keyServer({ caCertificate: root.certificate + small })],
    says: ['The key of certificate "CN=Small" should have at least 2048 bits of RSA, not 1024.'],
  },
  {
    rule: rules.certificateKeySize,
    what: "other limits",
    stack: [keyServer()],
    config: { minRsaBits: 3072, minEcBits: 384 },
    says: ["at least 3072 bits of RSA, not 2048.", "at least 384 bits of EC, not 256."],
  },
  {
    rule: rules.certificateSignature,
    what: "an authority below the root that is signed with SHA-1",
    stack: [keyServer(), keyServer({ caCertificate: intermediate + root.certificate })],
    says: ['The certificate "CN=storage-1" should be signed with SHA-256 or better, not ecdsa-with-SHA1.'],
  },
  {
    rule: rules.keyServerSingleHost,
    what: "one host",
    stack: [keyServer(), keyServer({ hostnames: ["kms1.example.com"] })],
    says: ["The key server should have at least 2 hosts, not 1."],
  },
  {
    rule: rules.keyServerSingleHost,
    what: "another minimum",
    stack: [keyServer()],
    config: { minHosts: 3 },
    says: ["at least 3 hosts, not 2."],
  },
  {
    rule: rules.keyServerIpLiteral,
    what: "addresses",
    stack: [keyServer(), keyServer({ hostnames: ["10.0.0.1", "kms.example.com", "fd00::1"] })],
    says: ["should have a host name instead of 10.0.0.1.", "should have a host name instead of fd00::1."],
  },
  {
    rule: rules.keyServerUnmanaged,
    what: "servers that the program does not declare",
    stack: [managed(1), managed(2, "another"), stack({ any: lookup(1, 2, 3), other: [lookup(4)] })],
    says: [
      'Key server 2 "kms-2" of cluster abcd should be declared, or be deleted.',
      'Key server 3 "kms-3" of cluster abcd should be declared, or be deleted.',
    ],
  },
  {
    rule: rules.keyServerUnmanaged,
    what: "names that are allowed",
    stack: [managed(1), stack({ keyServers: lookup(1, 2) })],
    config: { allowedNames: ["kms-2"] },
    says: [],
  },
  {
    rule: rules.keyServerUnmanaged,
    what: "a declared server that has no id yet",
    stack: [keyServer(), stack({ keyServers: lookup(1, 2) })],
    says: [],
  },
  {
    rule: rules.keyServerUnmanaged,
    what: "outputs that are something else",
    stack: [
      managed(1),
      stack({ a: null, b: "text", c: { keyServers: [], d: 1 }, e: { clusterUniqueID: "abcd", keyServers: [null] } }),
    ],
    says: [],
  },
  {
    rule: rules.masterKeyInternal,
    what: "internal keys",
    stack: [masterKey(), masterKey({ keyProvider: UNKNOWN }), { ...masterKey(), props: { cluster: "default" } }],
    says: ["The master key should be held by a key provider, not by internal keys."],
  },
  {
    rule: rules.masterKeyAge,
    what: "an old key, by the later of two times",
    stack: [
      masterKey({ keyID: "a", keyCreatedTime: daysAgo(400) }),
      masterKey({ keyID: "a", keyCreatedTime: daysAgo(300), recordedKeyID: "a", recordedTime: daysAgo(500) }),
      masterKey({ keyID: "a", keyCreatedTime: daysAgo(500), recordedKeyID: "a", recordedTime: daysAgo(300) }),
      masterKey({ keyID: "a", keyCreatedTime: daysAgo(500), recordedKeyID: "b", recordedTime: daysAgo(300) }),
      masterKey(),
    ],
    says: [
      "The master key should be at most 365 days old, not 400: set maxAge.",
      "The master key should be at most 365 days old, not 500: set maxAge.",
    ],
  },
  {
    rule: rules.masterKeyAge,
    what: "another limit",
    stack: [masterKey({ keyID: "a", keyCreatedTime: daysAgo(400) })],
    config: { maxDays: 401 },
    says: [],
  },
  {
    rule: rules.masterKeyDeletion,
    what: "a key of which nothing was decided",
    stack: [
      masterKey(),
      masterKey({ defaults: ["onDelete"] }),
      masterKey({ defaults: ["onDelete"] }, { protect: true }),
    ],
    says: ["The master key should be protected, or say in onDelete what a destroy does with it."],
  },
  {
    rule: rules.hardwareEncryptionInternal,
    what: "internal keys",
    stack: [hardware(), hardware({ keyProvider: "1" }), hardware({ keyProvider: UNKNOWN }), masterKey()],
    says: ["The key of hardware encryption should be held by a key provider, not by internal keys."],
  },
  {
    rule: rules.clusterTlsVerification,
    what: "a connection that says insecure, once",
    stack: [
      masterKey({}, { provider: configured({ ...connection, insecure: true }) }),
      hardware(),
      masterKey({ cluster: "east" }, { provider: { clusters: { east: { ...connection, insecure: true } } } }),
      masterKey({ cluster: "east" }, { provider: { clusters: { east: { ...connection, insecure: true } } } }),
    ],
    says: [
      'Cluster "default" should be verified with caCertificate or fingerprint256 instead of insecure.',
      'Cluster "east" should be verified with caCertificate or fingerprint256 instead of insecure.',
    ],
  },
  {
    rule: rules.clusterTlsVerification,
    what: "a connection of the environment, by what is recorded",
    stack: [masterKey({ tlsVerification: "off" }, { provider: {} }), masterKey({ tlsVerification: "off" })],
    says: ['Cluster "default" should be verified'],
  },
  {
    rule: rules.clusterConnectionFromEnvironment,
    what: "clusters that are configured nowhere",
    stack: [masterKey(), hardware({ cluster: "west" }), masterKey({ cluster: "east" }, { provider: { clusters: {} } })],
    says: [
      'Cluster "west" should be in ekm:clusters or an ekm.Provider, not in the environment alone.',
      'Cluster "east" should be in ekm:clusters or an ekm.Provider, not in the environment alone.',
    ],
  },
  {
    rule: rules.clusterConnectionFromEnvironment,
    what: "connections that are not known yet",
    stack: [
      masterKey({}, { provider: { clusters: UNKNOWN } }),
      masterKey({ cluster: UNKNOWN }),
      masterKey({}, { provider: { "ekm:clusters": UNKNOWN } }),
      masterKey({}, { provider: { "ekm:clusters": "{" } }),
    ],
    says: [],
  },
  {
    rule: rules.clientCertificateLifetime,
    what: "certificates that a vCenter presents",
    stack: [
      vsphere("KeyProviderTrust", { certificate: client100 }),
      vsphere("KeyProviderTrust", { certificate: client900 }),
      vsphere("KeyProviderTrust", {}),
    ],
    says: ["The client certificate should be valid for at most 398 days, not for 900."],
  },
  {
    rule: rules.certificateRemainingDays,
    what: "certificates that a vCenter presents",
    stack: [
      vsphere("KeyProviderTrust", { certificate: client100 }),
      vsphere("KeyProviderTrust", { certificate: client10 }),
    ],
    says: ["The client certificate should be valid for 30 more days, not for 9."],
  },
  {
    rule: rules.keyServerCertificateRemainingDays,
    what: "certificates that key servers present",
    stack: [vsphere("KeyProvider", presented(root.certificate)), vsphere("TrustedKeyProvider", presented(short))],
    says: ["The certificate of the key server should be valid for 30 more days, not for 9."],
  },
  {
    rule: rules.keyServerCertificateRemainingDays,
    what: "another limit",
    stack: [vsphere("KeyProvider", presented(short))],
    config: { minDays: 5 },
    says: [],
  },
  {
    rule: rules.certificateKeySize,
    what: "short keys of a vCenter and of its key servers",
    stack: [
      vsphere("KeyProvider", { trustedServers: [SHA256, root.certificate] }),
      vsphere("TrustedKeyProvider", { trustedServers: [SHA256, small] }),
      vsphere("KeyProviderTrust", { certificate: client100 }),
      vsphere("KeyProviderTrust", { certificate: small }),
    ],
    says: [
      'The key of certificate "CN=Small" should have at least 2048 bits of RSA, not 1024.',
      'The key of certificate "CN=Small" should have at least 2048 bits of RSA, not 1024.',
    ],
  },
  {
    rule: rules.certificateSignature,
    what: "a client certificate of a vCenter that is signed with SHA-1",
    stack: [
      vsphere("KeyProviderTrust", { certificate: client100 }),
      vsphere("KeyProviderTrust", { certificate: intermediate }),
    ],
    says: ['The certificate "CN=storage-1" should be signed with SHA-256 or better, not ecdsa-with-SHA1.'],
  },
  {
    rule: rules.keyServerIpLiteral,
    what: "addresses of a vCenter's key servers",
    stack: [
      vsphere("KeyProvider", servers("kms1.example.com", "10.0.0.2")),
      vsphere("TrustedKeyProvider", servers("fd00::2")),
    ],
    says: ["should have a host name instead of 10.0.0.2.", "should have a host name instead of fd00::2."],
  },
  {
    rule: rules.keyServerUnpinned,
    what: "what is presented and not listed, and providers that nobody declares",
    stack: [
      vsphere("KeyProvider", {
        name: "p1",
        trustedServers: [root.certificate, SHA256],
        ...presented(root.certificate),
      }),
      vsphere("KeyProvider", { name: "p2", trustedServers: [SHA256], ...presented(root.certificate) }),
      vsphere("TrustedKeyProvider", { name: "p3", trustedServers: [root.certificate], ...presented(short) }),
      vsphere("TrustedKeyProvider", { name: "p4", trustedServers: [root.certificate] }),
      vsphere("KeyProvider", { name: "kms", trustedServers: [SHA256] }),
      vsphere("KeyProviderTrust", { keyProvider: "kms#0a1b2c3d" }),
      vsphere("KeyProviderTrust", { keyProvider: "domain-c8/kms#0a1b2c3d" }),
      vsphere("KeyProviderTrust", { keyProvider: UNKNOWN }),
      vsphere("KeyProviderTrust", { keyProvider: "legacy" }),
      vsphere("KeyProviderTrust", { keyProvider: "kms", vcenter: "east" }),
    ],
    says: [
      `Key servers should present a certificate of trustedServers, not that of "CN=Root" with the SHA-256 fingerprint ${describeCertificate(root.certificate).fingerprint256}.`,
      'Key servers should present a certificate of trustedServers, not that of "CN=Short" with',
      "The key provider should be a resource of the program, whose trustedServers pins its key servers.",
      "The key provider should be a resource of the program",
    ],
  },
  {
    rule: rules.defaultKeyProviderSingleServer,
    what: "one server",
    stack: [
      vsphere("KeyProvider", { name: "one", ...servers("kms1.example.com") }),
      vsphere("KeyProvider", { name: "two", ...servers("kms1.example.com", "kms2.example.com") }),
      vsphere("KeyProvider", { name: "three", ...servers("kms1.example.com") }),
      vsphere("KeyProvider", { name: "one", vcenterUuid: "another", ...servers("kms1.example.com") }),
      vsphere("DefaultKeyProvider", { keyProvider: "one#0a1b" }),
      vsphere("DefaultKeyProvider", { keyProvider: "two", entity: "ClusterComputeResource:domain-c8" }),
    ],
    says: ["The default key provider should have at least 2 key servers, not 1."],
  },
  {
    rule: rules.defaultKeyProviderSingleServer,
    what: "another minimum",
    stack: [
      vsphere("KeyProvider", { name: "two", ...servers("kms1.example.com", "kms2.example.com") }),
      vsphere("DefaultKeyProvider", { keyProvider: "two" }),
    ],
    config: { minServers: 3 },
    says: ["at least 3 key servers, not 2."],
  },
  {
    rule: rules.trustAuthorityRemoved,
    what: "both kinds of providers",
    stack: [vsphere("KeyProvider", {}), vsphere("TrustedKeyProvider", {})],
    says: ["The trusted key provider should give way to a vsphere.KeyProvider before its vCenter is upgraded"],
  },
  {
    rule: rules.trustedKeyProviderDeletion,
    what: "a provider of which nothing was decided",
    stack: [
      vsphere("TrustedKeyProvider", { onDelete: "keep" }),
      vsphere("TrustedKeyProvider", { onDelete: "keep", defaults: ["onDelete"] }),
      vsphere("TrustedKeyProvider", { onDelete: "keep", defaults: ["onDelete"] }, { protect: true }),
    ],
    says: ["The trusted key provider should be protected, or say in onDelete what a destroy does with it."],
  },
  {
    rule: rules.vcenterTlsVerification,
    what: "a connection that says insecure, and one of the environment",
    stack: [
      vsphere("KeyProvider", {}),
      vsphere("KeyProvider", {}, { provider: { vcenters: { default: { ...connection, insecure: true } } } }),
      vsphere("KeyProvider", { vcenter: "east", tlsVerification: "off" }, { provider: {} }),
      masterKey({}, { provider: configured({ ...connection, insecure: true }) }),
    ],
    says: [
      'The vCenter "default" should be verified with caCertificate or fingerprint256 instead of insecure.',
      'The vCenter "east" should be verified with',
    ],
  },
  {
    rule: rules.vcenterConnectionFromEnvironment,
    what: "vCenters that are configured nowhere",
    stack: [vsphere("KeyProvider", {}), vsphere("TrustedKeyProvider", { vcenter: "west" }), masterKey()],
    says: ['The vCenter "west" should be in ekm:vcenters or an ekm.Provider, not in the environment alone.'],
  },
];

test.each(ROWS.map((row) => ({ ...row, name: row.rule.name })))(
  "$name: $what",
  async ({ rule, stack, config, says }) => {
    const said = await judge(rule, stack, config);
    expect(said).toEqual(says.map((part) => expect.stringContaining(part)));
    for (const message of said) expect(message).toMatch(/^[A-Z][^\n]*\.$/);
    expect(said.join()).not.toContain(PASSWORD);
  },
);

test.each(ROWS.map((row) => ({ ...row, name: row.rule.name })))(
  "$name says no more, and runs, where a value is not known yet: $what",
  async ({ rule, stack, config, says }) => {
    for (const [index, subject] of stack.entries()) {
      for (const path of pathsIn(subject.props)) {
        const unknown = stack.with(index, { ...subject, props: withUnknown(subject.props, path) });
        const said = await judge(rule, unknown, config);
        expect(said.filter((message) => !says.some((part) => message.includes(part)))).toEqual([]);
      }
    }
  },
);

test("every rule is a file of its own, with a severity and its reasons, and is in the pack", () => {
  const files = readdirSync(join(POLICY, "rules")).map((file) => file.replace(/\.ts$/, ""));
  expect(["index", ...rules.policies.map(({ name }) => name)].sort()).toEqual(files.sort());
  for (const { name, severity, description } of rules.policies) {
    const source = readFileSync(join(POLICY, "rules", `${name}.ts`), "utf8");
    expect(source).toMatch(
      new RegExp(`\\n/\\*\\*\\n( \\* .+\\n)+ \\*\\n \\* @severity ${severity}\\n \\*/\\nexport const \\w+: `),
    );
    expect(description).toMatch(/ should .*\.$/);
  }
});

test("the page of the pack has every rule with its level and its settings", () => {
  const page = readFileSync(join(POLICY, "README.md"), "utf8");
  const rows = rules.policies.map(({ name, enforcementLevel, configSchema }) => {
    const settings = Object.entries(configSchema?.properties ?? {}).map(([setting, { default: value }]) =>
      typeof value === "number" ? `\`${setting}\` ${value}` : `\`${setting}\``,
    );
    return `| \`${name}\` | ${enforcementLevel} | ${settings.join(", ")}${settings.length > 0 ? " " : ""}| `;
  });
  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
});

test.each(rules.policies)("$name has both verdicts here", async (rule) => {
  const rows = ROWS.filter((row) => row.rule === rule && row.config === undefined);
  const stacks = rows.flatMap(({ stack }) => [stack, ...stack.map((subject) => [subject])]);
  const verdicts = await Promise.all(stacks.map(async (each) => (await judge(rule, each)).length > 0));
  expect(new Set(verdicts)).toEqual(new Set([true, false]));
});

test("the shipped pack has the package's own version", () => {
  const version = (file: string) => JSON.parse(readFileSync(join(POLICY, file), "utf8")).version;
  expect(version("package.json")).toBe(version("../package.json"));
});

/** Every property, and every element of a list, at any depth. */
function pathsIn(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) return [];
  const names = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return names.flatMap((name) => {
    const inner = [...path, name];
    return [inner, ...pathsIn((value as Record<string | number, unknown>)[name], inner)];
  });
}

function withUnknown<T>(value: T, [name, ...rest]: (string | number)[]): T {
  if (name === undefined) return UNKNOWN as T;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>;
  copy[name] = withUnknown(copy[name], rest);
  return copy as T;
}
