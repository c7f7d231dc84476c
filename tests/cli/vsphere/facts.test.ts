import { withKeyUsers } from "../../../cli/report/evidence";
import { vcenterFindings } from "../../../cli/report/vsphere/findings";
import { keyUsersOn } from "../../../cli/report/vsphere/key-users";
import { vcenterLines } from "../../../cli/report/vsphere/summary";
import { vcenterFacts } from "../../../cli/report/vsphere/vcenter-facts";
import type { ObservedKeyProvider } from "../../../cli/vsphere/observation";
import { readCertificates } from "../../../provider/pki";
import { issue } from "../../kit/certificates";
import { authority, client } from "../inventories";
import { NOW } from "../report/samples";
import { inventory, keyProvider, pinOf, presentedByServer, trustedKeyProvider } from "./inventories";

const DAY_MS = 86_400_000;
const certificateOf = (from: number, to: number) => {
  const [notBefore, notAfter] = [from, to].map((days) => new Date(NOW.getTime() + days * DAY_MS));
  return issue(authority, { commonName: "a", usage: "server", notBefore, notAfter }).cert;
};
const lasting = certificateOf(-100, 1000);
const sound = { clientCertificate: lasting, ...presenting(lasting) };

function presenting(certificate: string | undefined, details: string[] = []): Partial<ObservedKeyProvider> {
  return { presented: [{ server: "kms1", certificate, isTrusted: true, details }] };
}

const factsOf = (keyProviders: ObservedKeyProvider[], recorded: object[] = []) =>
  vcenterFacts(inventory({ keyProviders }), { now: NOW, recorded: recorded as never });

const recordedProvider = (trustedServers: string[], id = "kms#0a1b2c3d") => ({
  ...{ token: "vsphere:KeyProvider", id, inputs: { trustedServers }, outputs: {} },
});

test("a provider has its servers, its certificates, and whoever has keys of it", () => {
  const { fingerprint256 } = readCertificates(lasting)[0];
  expect(factsOf([keyProvider(sound)], [recordedProvider([lasting])])).toMatchObject({
    version: expect.stringContaining("8.0.3"),
    keyProviders: [
      {
        ...{ name: "kms", kind: "standard", healthy: true, health: "healthy" },
        defaultOf: { vcenter: true, entities: [] },
        clientCertificate: { certificate: { status: "valid", fingerprint256 } },
        servers: [
          { name: "kms1", hostname: "kms1.example.com", port: 5696, health: "healthy", pinned: true, details: [] },
        ],
        use: { keys: 2, virtualMachines: 2, hosts: 1, others: [] },
      },
    ],
  });
});

test("what a trusted provider is, and what becomes of it in a destroy, is told where a state tells it", () => {
  const id = "domain-c8/attested#0a1b2c3d";
  const recorded = { token: "vsphere:TrustedKeyProvider", id, inputs: {}, outputs: { onDelete: "keep" } };
  const { keyProviders } = factsOf([trustedKeyProvider()], [recorded]);
  expect(keyProviders).toMatchObject([{ kind: "trusted", primaryKeyID: "8", onDelete: "keep" }]);
  expect(keyProviders[0]).not.toHaveProperty("use.keys");
});

test.each<[string, object[], boolean | undefined]>([
  ["that lists it", [recordedProvider(["ab".repeat(32), lasting])], true],
  ["that lists its fingerprint", [recordedProvider([pinOf(lasting).toLowerCase().replaceAll(":", "")])], true],
  ["that lists another one", [recordedProvider([presentedByServer])], false],
  ["of another provider", [recordedProvider([lasting], "other#0a1b2c3d")], undefined],
])("whether a server's certificate is pinned is told by a recorded resource %s", (_, recorded, pinned) => {
  expect(factsOf([keyProvider(sound)], recorded).keyProviders[0]?.servers[0]?.pinned).toBe(pinned);
});

interface Found {
  what: string;
  provider: ObservedKeyProvider;
  recorded?: object[];
  findings: [kind: string, words: string][];
}

const health = (changes: object, whole = "unhealthy"): Partial<ObservedKeyProvider> => ({
  health: {
    ...{ health: whole as "unhealthy", details: [] },
    servers: [{ name: "kms1", health: "unhealthy", serverTrusted: true, clientTrusted: true, details: [], ...changes }],
  },
});

const FOUND: Found[] = [
  { what: "nothing", provider: keyProvider(sound), findings: [] },
  {
    what: "a server that is down",
    provider: keyProvider({ ...sound, ...presenting(undefined, ["refused"]), ...health({ details: ["refused"] }) }),
    findings: [["faults", 'The key provider "kms" is not healthy: "kms1" is unhealthy (refused).']],
  },
  {
    what: "a server that does not let vCenter in",
    provider: keyProvider({ ...sound, ...health({ health: "healthy", clientTrusted: false }, "healthy") }),
    findings: [["faults", 'is not healthy: "kms1" is healthy (it does not let vCenter in).']],
  },
  {
    what: "a provider at which vCenter has not looked",
    provider: keyProvider({ ...sound, ...health({ health: "unknown", serverTrusted: undefined }, "unknown") }),
    findings: [["notice", 'is not healthy: "kms1" is unknown.']],
  },
  {
    what: "certificates that end soon, have ended, and are none",
    provider: keyProvider({
      clientCertificate: certificateOf(-100, 5),
      presented: [
        { server: "kms1", certificate: certificateOf(-100, -5), isTrusted: true, details: [] },
        { server: "kms2", certificate: "none", isTrusted: true, details: [] },
      ],
      servers: ["kms1", "kms2"].map((name) => ({ name, hostname: `${name}.example.com`, port: 5696 })),
    }),
    findings: [
      [
        "certificates",
        'The certificate of key server "kms1" (kms1.example.com:5696) of key provider "kms" ended 2027-01-10, 5 days ago.',
      ],
      [
        "certificates",
        'The certificate of key server "kms2" (kms2.example.com:5696) of key provider "kms" cannot be read',
      ],
      ["notice", 'The client certificate of key provider "kms" ends soon: 2027-01-20, in 5 days.'],
    ],
  },
  {
    what: "a certificate that nobody has pinned",
    provider: keyProvider(sound),
    recorded: [recordedProvider([presentedByServer])],
    findings: [["certificates", 'of key provider "kms" is none of those in trustedServers.']],
  },
  {
    what: "a provider of Trust Authority",
    provider: trustedKeyProvider(sound),
    findings: [["notice", 'The key provider "attested" is of Trust Authority, which vSphere 9.0 does not have']],
  },
];

test.each(FOUND)("$what is found", ({ provider, recorded, findings }) => {
  expect(vcenterFindings(factsOf([provider], recorded)).map(({ kind, text }) => [kind, text])).toEqual(
    findings.map(([kind, words]) => [kind, expect.stringContaining(words)]),
  );
});

test("a vCenter is a user of its key servers, by each provider that has a client certificate", () => {
  const unused = { keys: [], holders: [], tags: [] };
  const facts = factsOf([
    keyProvider(),
    keyProvider({ name: "unused", use: unused }),
    keyProvider({ name: "new", clientCertificate: undefined }),
    trustedKeyProvider(),
  ]);
  const { fingerprint256 } = readCertificates(client)[0];
  const [system, hostnames, port] = ['vCenter "east"', ["kms1.example.com"], 5696];
  const at = (name: string, keys: object[]) => ({
    ...{ system, client: `key provider "${name}"`, hostnames, port, fingerprint256, keys },
  });
  expect(keyUsersOn({ connection: "east", facts })).toEqual([
    at("kms", [{ title: "2 keys", protects: "2 virtual machines and 1 host" }]),
    at("unused", []),
    at("attested", []),
  ]);
  expect(keyUsersOn({ connection: "east" })).toEqual([]);
});

test("whoever has keys of a vCenter is read before a report is put together", () => {
  const vcenters = [{ connection: "default", facts: factsOf([keyProvider()]) }];
  expect(withKeyUsers({ clusters: [], instances: [], vcenters }).vcenters).toEqual(vcenters);
});

test("a terminal shows the providers with their servers", () => {
  const facts = factsOf([keyProvider(), trustedKeyProvider()]);
  expect(vcenterLines({ connection: "default", facts }).map((line) => line.replace(/: .*/, ""))).toEqual([
    expect.stringContaining('vCenter "default"'),
    '  key provider "kms" (standard, default of the vCenter)',
    '    key server "kms1" (kms1.example.com:5696)',
    expect.stringContaining("    client certificate "),
    '  key provider "attested" (trusted, of domain-c8)',
    '    key server "kms1" (kms1.example.com:5696)',
    expect.stringContaining("    client certificate "),
  ]);
});
