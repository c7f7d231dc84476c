import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inOneLine } from "../../../cli/import/remark";
import { programText } from "../../../cli/import/typescript/program";
import { planProgram, vcenterImporter } from "../../../cli/import/vsphere";
import type { Inventory, KeyProviderInventory } from "../../../cli/vsphere/inventory";
import { issue } from "../../kit/certificates";
import { authority, client } from "../inventories";
import { compilerComplaints, formattingComplaints, programsFolder } from "../toolchain";
import { inventory, keyProvider, pinOf, presentedByServer, trustedKeyProvider } from "./inventories";

const now = new Date();
const expired = { notBefore: new Date("2020-01-01"), notAfter: new Date("2020-12-31") };
const selfSigned = authority.certificate;
const [server] = keyProvider().servers;
if (server === undefined) throw new Error("there is a server");

interface Row {
  vcenter: string;
  found: Partial<Inventory>;
  /** Classes of the declared resources, in order. */
  declared: string[];
  /** Words of every remark, in order. */
  remarks: string[];
  /** Code that the program has. */
  code?: string[];
  /** Code that it has not. */
  without?: string[];
}

const withProvider = (changes: Partial<KeyProviderInventory>): Partial<Inventory> => ({
  keyProviders: [keyProvider(changes)],
});
const unhealthy: KeyProviderInventory["health"] = {
  ...{ health: "unhealthy", details: [] },
  servers: [{ name: "kms1", health: "unhealthy", serverTrusted: true, clientTrusted: false, details: [] }],
};

const CHAIN = ["KeyProvider", "ClientCertificate", "KeyProviderTrust", "DefaultKeyProvider"];
const SIGNED = CHAIN.filter((name) => name !== "ClientCertificate");
const SIGNED_ELSEWHERE = 'Somebody else has signed the client certificate of key provider "kms"';

const ROWS: Row[] = [
  {
    vcenter: "with a default provider and a certificate that it has made",
    found: {},
    declared: CHAIN,
    remarks: [],
    code: [
      'servers: [{ name: "kms1", hostname: "kms1.example.com" }],',
      `trustedServers: ["${pinOf(presentedByServer)}"],`,
      '{ keyProvider: kmsProvider, adopt: "match" },',
      "{ keyProvider: kmsProvider, certificate: kmsClientCertificate.certificate }",
      'new vsphere.DefaultKeyProvider("vcenter", { keyProvider: kmsTrust, adopt: "match" }, { protect: true });',
    ],
    without: ["vcenter:", "port:", "waitFor", "onDelete", "readFileSync", "username"],
  },
  {
    vcenter: "of another connection",
    found: { connection: "east" },
    declared: CHAIN,
    remarks: [],
    code: ['const vcenter = "east";', "    vcenter,\n"],
  },
  { vcenter: "without anything", found: { keyProviders: [] }, declared: [], remarks: [] },
  {
    vcenter: "with providers that nothing declares",
    found: {
      keyProviders: [],
      others: [
        { name: "native", managementType: "nativeProvider" },
        { name: "attested", managementType: "trustAuthority" },
        { name: "strange", managementType: "unknown" },
      ],
    },
    declared: [],
    remarks: [
      'Key provider "native" is a native one, without key servers: nothing declares it',
      'Key provider "attested" is one of Trust Authority: it is declared where that is',
      'Key provider "strange" is of a kind that nothing declares',
    ],
  },
  {
    vcenter: "with a provider that is no default, at several servers",
    found: withProvider({
      defaultOf: { ofVcenter: false, ofEntities: [] },
      servers: [
        { ...server, name: "kms1.example.com:5696" },
        { ...server, name: "second", hostname: "kms2.example.com", port: 9998 },
      ],
      presented: ["kms1.example.com:5696", "second"].map((name) => ({
        ...{ server: name, certificate: presentedByServer, isTrusted: true, details: [] },
      })),
    }),
    declared: CHAIN.slice(0, 3),
    remarks: [],
    code: ['[{ hostname: "kms1.example.com" }, { name: "second", hostname: "kms2.example.com", port: 9998 }]'],
  },
  {
    vcenter: "with a provider that is the default of clusters",
    found: withProvider({
      defaultOf: { ofVcenter: false, ofEntities: [{ type: "ClusterComputeResource", value: "domain-c8" }] },
    }),
    declared: CHAIN,
    remarks: [],
    code: ['"clustercomputeresource-domain-c8"', 'entity: "ClusterComputeResource:domain-c8", adopt: "match"'],
  },
  {
    vcenter: "whose client certificate an authority has signed",
    found: withProvider({ generatedCertificate: undefined }),
    declared: SIGNED,
    remarks: [SIGNED_ELSEWHERE],
    code: ['{ keyProvider: kmsProvider, certificate: certificate("kms-client.pem") }'],
    without: ["ClientCertificate(", "CertificateSigningRequest("],
  },
  {
    vcenter: "that has made a certificate which is not in use",
    found: withProvider({ generatedCertificate: selfSigned }),
    declared: SIGNED,
    remarks: [SIGNED_ELSEWHERE],
  },
  {
    vcenter: "whose client certificate has expired",
    found: withProvider({
      clientCertificate: issue(authority, { commonName: "old", usage: "client", ...expired }).cert,
      generatedCertificate: undefined,
    }),
    declared: SIGNED,
    remarks: ['The client certificate of key provider "kms" is not declared and stays as it is: certificate '],
    code: ['new vsphere.KeyProviderTrust("kms", { keyProvider: kmsProvider }, { protect: true })'],
  },
  {
    vcenter: "with a provider without a client certificate",
    found: withProvider({ clientCertificate: undefined, generatedCertificate: undefined }),
    declared: ["KeyProvider", "DefaultKeyProvider"],
    remarks: ['Key provider "kms" has no client certificate so far'],
    code: ['{ keyProvider: "kms", adopt: "match" },', "dependsOn: [kmsProvider]"],
  },
  {
    vcenter: "with a provider that is not healthy",
    found: withProvider({ health: unhealthy }),
    declared: CHAIN,
    remarks: ['Key provider "kms" is not healthy ("kms1" is unhealthy (it does not let vCenter in))'],
    code: ['waitFor: "none"'],
  },
  {
    vcenter: "with a server that is down",
    found: withProvider({ presented: [{ server: "kms1", isTrusted: false, details: ["refused"] }] }),
    declared: CHAIN,
    remarks: ['Key server "kms1" (kms1.example.com:5696) of key provider "kms" could not be reached (refused)'],
  },
  {
    vcenter: "with a server that presents what is not trusted",
    found: withProvider({
      presented: [{ server: "kms1", certificate: authority.certificate, isTrusted: false, details: [] }],
    }),
    declared: CHAIN,
    remarks: [
      `presents a certificate that vCenter does not trust (SHA-256 ${pinOf(authority.certificate)}): compare it with`,
    ],
    without: [`trustedServers: ["${pinOf(authority.certificate)}"]`],
  },
  {
    vcenter: "that trusts no server of a provider",
    found: withProvider({ trusted: [] }),
    declared: [],
    remarks: ['Key provider "kms" is left out, with all that belongs to it, because vCenter trusts no certificate'],
  },
  {
    vcenter: "whose key servers ask for a user and are behind a proxy",
    found: withProvider({
      servers: [
        { ...server, userName: "vcenter", proxy: { hostname: "proxy.example.com", port: 443 }, connectionTimeout: 10 },
      ],
    }),
    declared: CHAIN,
    remarks: ['The password of "vcenter" at the key servers of "kms" stays as it is'],
    code: ['username: "vcenter",', 'proxy: { hostname: "proxy.example.com" },', "connectionTimeout: 10,"],
    without: ["password:"],
  },
  {
    vcenter: "whose key servers are reached in different ways",
    found: withProvider({ servers: [server, { ...server, name: "second", userName: "vcenter" }] }),
    declared: [],
    remarks: ["because its servers are reached in different ways, and a program declares one way for all"],
  },
  {
    vcenter: "whose names an argument cannot have",
    found: withProvider({ name: "\u001b[2J" }),
    declared: [],
    remarks: ["is left out, with all that belongs to it, because no program can declare it: name must not contain"],
  },
  {
    vcenter: "with a trusted provider and a certificate that it has made",
    found: {
      keyProviders: [
        trustedKeyProvider({
          description: "made by hand",
          clientCertificate: selfSigned,
          generatedCertificate: selfSigned,
        }),
      ],
    },
    declared: ["TrustedKeyProvider", "ClientCertificate", "KeyProviderTrust"],
    remarks: [],
    code: [
      'trustAuthorityCluster: "domain-c8",',
      'primaryKeyID: "8",',
      'description: "made by hand",',
      'onDelete: "keep",',
    ],
  },
  {
    vcenter: "with a trusted provider whose certificate an authority has signed",
    found: { keyProviders: [trustedKeyProvider({ generatedCertificate: client })] },
    declared: ["TrustedKeyProvider", "KeyProviderTrust"],
    remarks: ['Somebody else has signed the client certificate of key provider "attested"'],
  },
  {
    vcenter: "with names that differ in signs alone",
    found: {
      keyProviders: [keyProvider(), keyProvider({ name: "KMS", defaultOf: { ofVcenter: false, ofEntities: [] } })],
    },
    declared: [...CHAIN, ...CHAIN.slice(0, 3)],
    remarks: [],
    code: ['"kms-1"', '"kms-2"', 'name: "KMS"'],
  },
];

const folder = programsFolder();
afterAll(() => folder.remove());

test.each(ROWS)("a vCenter $vcenter", ({ found, declared, remarks, code = [], without = [], vcenter }) => {
  const plan = planProgram(inventory(found), now);
  expect(plan.declarations.map(({ resource }) => resource)).toEqual(declared);
  const said = [...plan.remarks, ...plan.declarations.flatMap((declaration) => declaration.remarks)].map(inOneLine);
  expect(said).toEqual(remarks.map((words) => expect.stringContaining(words)));
  if (plan.declarations.length === 0) return;
  const text = programText(plan, vcenterImporter);
  for (const words of code) expect(text).toContain(words);
  for (const words of without) expect(text.replaceAll(/^\/\/.*\n/gm, "")).not.toContain(words);
  for (const pem of plan.certificates.values()) {
    expect(pem).toMatch(/^(-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n)+$/);
  }
  writeFileSync(join(folder.path, `${vcenter.replaceAll(/\W/g, "-")}.ts`), text);
});

test("all of these programs compile and are formatted", () => {
  expect(formattingComplaints(folder.path)).toBe("");
  expect(compilerComplaints(folder.path)).toBe("");
}, 120_000);
