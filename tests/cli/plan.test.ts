import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Inventory } from "../../cli/element/inventory";
import { elementImporter, planProgram } from "../../cli/import/element";
import { inOneLine } from "../../cli/import/remark";
import { programText } from "../../cli/import/typescript/program";
import { issue, makeAuthority } from "../kit/certificates";
import { authority, client, inventory, keyProvider, keyServer } from "./inventories";
import { compilerComplaints, formattingComplaints, programsFolder } from "./toolchain";

const now = new Date();
const expired = { notBefore: new Date("2020-01-01"), notAfter: new Date("2020-12-31") };
const withServer = (changes: Parameters<typeof keyServer>[1]): Partial<Inventory> => ({
  keyServers: [keyServer(1, { keyProviderID: 1, ...changes })],
});

interface Row {
  cluster: string;
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

const PAIR = ["KeyPair", "CertificateSigningRequest"];
const CHAIN = [...PAIR, "KeyServer", "KeyProvider", "KeyServerAttachment", "MasterKey"];

const ROWS: Row[] = [
  {
    cluster: "with an external master key",
    found: {},
    declared: CHAIN,
    remarks: [],
    code: [
      'subject: { commonName: "storage-1", organization: "Example" }, adopt: "match"',
      "publicKeyFingerprint: keyPair.publicKeyFingerprint,",
      '{ keyProvider: provider1, keyServer: server1, adopt: "match" }',
      '{ attachment: server1Attachment, adopt: "match", onDelete: "keep" }',
      "export const certificateSigningRequest = request.pem;",
      "export const keyID = masterKey.keyID;",
    ],
    without: ["port:", "cluster", "dependsOn"],
  },
  {
    cluster: "with internal keys and nothing else but a key pair",
    found: { keyServers: [], keyProviders: [], masterKey: { holder: "internal", keyID: "k" } },
    declared: PAIR,
    remarks: ["held by the cluster's internal keys"],
    without: ["readFileSync", "keyID"],
  },
  {
    cluster: "without anything",
    found: { keyPair: undefined, keyServers: [], keyProviders: [], masterKey: "none" },
    declared: [],
    remarks: ["no key pair", "Software encryption at rest is disabled"],
  },
  {
    cluster: "before API 12.3",
    found: { masterKey: "untold" },
    declared: CHAIN.slice(0, -1),
    remarks: ["older than 12.3"],
  },
  {
    cluster: "whose key pair has a subject that an argument cannot have",
    found: { keyPair: { ...pairOf(inventory()), subjectFields: { commonName: "storage-1", country: "Germany" } } },
    declared: CHAIN,
    remarks: ["subject.country must be a code of two letters"],
    code: ['"storage-1", { adopt: "match" }'],
  },
  {
    cluster: "whose key pair has no subject",
    found: { keyPair: { ...pairOf(inventory()), subject: "", subjectFields: {} } },
    declared: CHAIN,
    remarks: [],
    code: ['new element.KeyPair("storage-1", { adopt: "match" }, { protect: true })'],
  },
  {
    cluster: "whose key pair was made anew by hand",
    found: { keyPair: { ...pairOf(inventory()), publicKeyFingerprint: "00".repeat(32) } },
    declared: CHAIN,
    remarks: ['Key server 1 "server 1" has a client certificate that was not issued for the cluster\'s key pair'],
    without: ["publicKeyFingerprint"],
  },
  {
    cluster: "with two providers, each with a server",
    found: {
      keyServers: [keyServer(1, { keyProviderID: 1 }), keyServer(2, { keyProviderID: 2, kmipKeyServerPort: 9998 })],
      keyProviders: [keyProvider(1, { keyServerIDs: [1] }), keyProvider(2, { keyServerIDs: [2] })],
      masterKey: { holder: 2, keyID: "k" },
    },
    declared: [...PAIR, "KeyServer", "KeyServer", "KeyProvider", "KeyProvider", ...ATTACHED(2), "MasterKey"],
    remarks: [],
    code: ["port: 9998", "attachment: server2Attachment", 'certificate("server-1-ca.pem")'],
    // Both have the same certificates: each is one file.
    without: ["server-2-ca.pem", "server-2-client.pem"],
  },
  {
    cluster: "with equal servers and providers of one name",
    found: {
      keyServers: [1, 2].map((id) =>
        keyServer(id, { kmipKeyServerName: "eks", kmipKeyServerHostnames: [id === 1 ? "KMS.example" : "kms.example"] }),
      ),
      keyProviders: [1, 2].map((id) => keyProvider(id, { keyProviderName: "eks" })),
      masterKey: { holder: "internal", keyID: "k" },
    },
    declared: [...PAIR, "KeyServer", "KeyServer", "KeyProvider", "KeyProvider"],
    remarks: [
      "internal keys",
      "Key servers 1 and 2 have the same hosts and port",
      'Key providers 1 and 2 bear the same name, "eks"',
      'Key server 1 "eks" belongs to no key provider',
      'Key server 2 "eks" belongs to no key provider',
      'Key provider 1 "eks" has no key server',
      'Key provider 2 "eks" has no key server',
    ],
    code: ['new element.KeyProvider("eks-1", { name: "eks", adopt: "1" }', 'new element.KeyServer(\n  "eks-2"'],
    without: ["const eks"],
  },
  {
    cluster: "with a provider of several servers",
    found: {
      keyServers: [1, 2].map((id) => keyServer(id, { keyProviderID: 1 })),
      keyProviders: [keyProvider(1, { keyServerIDs: [1, 2] })],
    },
    declared: [...PAIR, "KeyServer", "KeyServer", "KeyProvider", ...ATTACHED(2), "MasterKey"],
    remarks: ['Key provider 1 "provider 1" has several key servers, 1 and 2'],
    code: [
      'otherKeyServers: ["2"]',
      'otherKeyServers: ["1"]',
      "attachment: server1Attachment",
      "{ protect: true, dependsOn: [server2Attachment] }",
    ],
  },
  {
    cluster: "whose names an argument cannot have",
    found: {
      ...withServer({ kmipKeyServerName: "\u001b[2Jserver" }),
      keyProviders: [keyProvider(1, { keyProviderName: " ", keyServerIDs: [1] })],
    },
    declared: CHAIN,
    remarks: [
      'The name "\\u001b[2Jserver" is not declared and stays as it is: it must not contain control characters',
      'The name " " is not declared and stays as it is: it must not be blank',
    ],
    without: ["name:"],
  },
  {
    cluster: "with a host that no argument can name",
    found: withServer({ kmipKeyServerHostnames: ["kms.example.com", "kmip://kms"] }),
    declared: [...PAIR, "KeyProvider", "MasterKey"],
    remarks: [
      'Key server 1 "server 1" is left out, because no program can declare it: hostnames[1] is neither a host name',
      "The attachment of key server 1 to key provider 1 is left out",
      "The key server of key provider 1 is not declared",
    ],
    code: ["keyProvider: provider1.id"],
  },
  {
    cluster: "with base64 for a certificate",
    found: withServer({ kmipClientCertificate: client.replaceAll(/-----.*-----\n?/g, "") }),
    declared: [...PAIR, "KeyProvider", "MasterKey"],
    remarks: ["clientCertificate: is base64 without its BEGIN", "attachment", "not declared"],
  },
  {
    cluster: "with a private key for a certificate",
    found: withServer({ kmipCaCertificate: authority.privateKey }),
    declared: [...PAIR, "KeyProvider", "MasterKey"],
    remarks: ["caCertificate: holds a private key", "attachment", "not declared"],
    without: ["PRIVATE KEY"],
  },
  {
    cluster: "with text around its certificates, several authorities, and a chain",
    found: withServer({
      kmipCaCertificate: `\u001b[2J\n# ----- Example root (until 2036) -----\n--------\n${authority.certificate.replaceAll("\n", "\r\n")}${makeAuthority().certificate}`,
      kmipClientCertificate: client + authority.certificate,
    }),
    declared: CHAIN,
    remarks: [],
    code: ["publicKeyFingerprint: keyPair.publicKeyFingerprint"],
  },
  {
    cluster: "with certificates that have expired",
    found: withServer({
      kmipCaCertificate: makeAuthority({ ...expired, commonName: "Old Authority" }).certificate,
      kmipClientCertificate: issue(authority, { commonName: "old", usage: "client", ...expired }).cert,
    }),
    declared: CHAIN,
    remarks: [
      'caCertificate: certificate "O=pulumi-ekm tests, CN=Old Authority" expired at',
      'CN=old" expired',
      "not issued",
    ],
  },
  {
    cluster: "with a server that does not answer",
    found: { keyServerFailures: new Map([[1, "xKmipConnectionFailure: no answer"]]) },
    declared: CHAIN,
    remarks: ['Key server 1 "server 1" fails the cluster\'s test (xKmipConnectionFailure: no answer)'],
  },
  {
    cluster: "in the middle of a rekey",
    found: { rekey: 7 },
    declared: CHAIN,
    remarks: ["A rekey is running (handle 7)"],
  },
  {
    cluster: "with a master key under a provider that is not listed",
    found: { masterKey: { holder: 9, keyID: "k" } },
    declared: CHAIN.slice(0, -1),
    remarks: ["key provider 9, which the cluster does not list"],
  },
  {
    cluster: "with a server of a provider that is not listed",
    found: { keyProviders: [], masterKey: { holder: "internal", keyID: "k" } },
    declared: [...PAIR, "KeyServer"],
    remarks: ["The attachment of key server 1 to key provider 1 is left out", "internal keys"],
  },
  {
    cluster: "with hardware encryption",
    found: { hardwareEncryption: { state: "enabled", holder: 1 } },
    declared: [...CHAIN, "HardwareEncryption"],
    remarks: [],
    code: [
      'new element.HardwareEncryption(\n  "storage-1",\n  { attachment: server1Attachment, adopt: "match", onDelete: "keep" }',
    ],
  },
  {
    cluster: "with hardware encryption under a provider that is not listed",
    found: { hardwareEncryption: { state: "enabled", holder: 9 } },
    declared: CHAIN,
    remarks: ["Hardware encryption at rest is enabled, with key provider 9"],
  },
  {
    cluster: "with hardware encryption that is being disabled",
    found: { hardwareEncryption: { state: "disabling", holder: 1 } },
    declared: CHAIN,
    remarks: ["Hardware encryption at rest is disabling, with key provider 1"],
  },
  {
    cluster: "with hardware encryption by internal keys",
    found: { hardwareEncryption: { state: "enabled", holder: "internal" } },
    declared: CHAIN,
    remarks: ["Hardware encryption at rest is enabled, with internal keys"],
  },
];

function pairOf({ keyPair }: Inventory): NonNullable<Inventory["keyPair"]> {
  if (keyPair === undefined) throw new Error("there is no key pair");
  return keyPair;
}

function ATTACHED(count: number): string[] {
  return Array(count).fill("KeyServerAttachment");
}

const folder = programsFolder();
afterAll(() => folder.remove());

test.each(ROWS)("a cluster $cluster", ({ found, declared, remarks, code = [], without = [], cluster }) => {
  const all = inventory(found);
  const plan = planProgram(all, "default", now);
  expect(plan.declarations.map(({ resource }) => resource)).toEqual(declared);
  const said = [...plan.remarks, ...plan.declarations.flatMap((declaration) => declaration.remarks)].map(inOneLine);
  expect(said).toEqual(remarks.map((words) => expect.stringContaining(words)));
  if (plan.declarations.length === 0) return;
  const text = programText(plan, elementImporter);
  for (const words of code) expect(text).toContain(words);
  for (const words of without) expect(text.replaceAll(/^\/\/.*\n/gm, "")).not.toContain(words);
  for (const pem of plan.certificates.values()) {
    expect(pem).toMatch(/^(-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n)+$/);
  }
  writeFileSync(join(folder.path, `${cluster.replaceAll(/\W/g, "-")}.ts`), text);
});

test("all of these programs compile and are formatted", () => {
  expect(formattingComplaints(folder.path)).toBe("");
  expect(compilerComplaints(folder.path)).toBe("");
}, 120_000);
