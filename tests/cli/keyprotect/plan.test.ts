import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyProtectImporter, planProgram } from "../../../cli/import/keyprotect";
import { inOneLine } from "../../../cli/import/remark";
import { programText } from "../../../cli/import/typescript/program";
import type { Inventory } from "../../../cli/keyprotect/inventory";
import { issue } from "../../kit/certificates";
import { authority } from "../inventories";
import { compilerComplaints, formattingComplaints, programsFolder } from "../toolchain";
import {
  ADAPTER,
  adapter,
  inventory,
  other,
  ownRegistration,
  REGISTRATION,
  ROOT_KEY,
  registration,
  rootKey,
} from "./inventories";

const now = new Date();
const expired = { notBefore: new Date("2020-01-01"), notAfter: new Date("2020-12-31") };
const clientOf = (commonName: string, validity = {}) =>
  issue(authority, { commonName, usage: "client", ...validity }).cert;
const withClient = (changes: Parameters<typeof registration>[0]): Partial<Inventory> => ({
  adapters: [adapter({ certificates: [registration(changes)] })],
});

interface Row {
  instance: string;
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

const CHAIN = ["RootKey", "KmipAdapter", "KmipClientCertificate", "KmipAdapterClients"];

const ROWS: Row[] = [
  {
    instance: "with a client of an adapter",
    found: {},
    declared: CHAIN,
    remarks: [],
    code: [
      `{ name: "storage", adopt: "${ROOT_KEY}", onDelete: "keep" }`,
      `{ rootKey: storageRootKey, name: "clusters", adopt: "${ADAPTER}", onDelete: "keep" }`,
      '{ adapter: clustersAdapter, certificate: certificate("storage-1.pem"), adopt: "match", onDelete: "keep" }',
      "{ adapter: clustersAdapter, clientCertificates: [storage1Client] }",
    ],
    without: ["instance", "keyRing", "description", "others"],
  },
  {
    instance: "of another connection",
    found: { connection: "east" },
    declared: CHAIN,
    remarks: [],
    code: ['const instance = "east";', "{ instance, name:"],
  },
  { instance: "without anything", found: { rootKeys: [], adapters: [] }, declared: [], remarks: [] },
  {
    instance: "with root keys of which some wrap nothing",
    found: {
      rootKeys: [rootKey(), rootKey({ id: other(ROOT_KEY, 1), name: "backups" })],
      adapters: [adapter({ certificates: [], liveObjects: [] })],
    },
    declared: ["RootKey", "RootKey", "KmipAdapter", "KmipAdapterClients"],
    remarks: [`Root key ${other(ROOT_KEY, 1)} "backups" wraps the keys of no KMIP adapter`],
    code: ["{ adapter: clustersAdapter, clientCertificates: [] }"],
    without: ["const backups", "readFileSync"],
  },
  {
    instance: "with root keys of one name, a ring, a description and an end",
    found: {
      rootKeys: [
        rootKey({ keyRingID: "kmip", description: "of the clusters", expirationDate: "2027-01-01T00:00:00Z" }),
        rootKey({ id: other(ROOT_KEY, 1) }),
      ],
      adapters: [
        adapter(),
        adapter({ id: other(ADAPTER, 1), profile_data: { crk_id: other(ROOT_KEY, 1) }, certificates: [] }),
      ],
    },
    declared: [...CHAIN.slice(0, 1), ...CHAIN.slice(0, 2), ...CHAIN.slice(1), "KmipAdapterClients"],
    remarks: ["ends on 2027-01-01T00:00:00Z: no key can be made under it then"],
    code: ['description: "of the clusters",', 'keyRing: "kmip",', '"storage-0b8f7a52"', '"storage-0b8f7a52-0b8f7a52"'],
  },
  {
    instance: "with an adapter that names its root key by an alias",
    found: {
      rootKeys: [rootKey({ aliases: ["primary"] })],
      adapters: [adapter({ profile_data: { crk_id: "primary" } })],
    },
    declared: CHAIN,
    remarks: [],
    code: ["rootKey: storageRootKey"],
  },
  {
    instance: "with a suspended root key",
    found: { rootKeys: [rootKey({ state: "suspended" })] },
    declared: [],
    remarks: [
      `Root key ${ROOT_KEY} "storage" is suspended and cannot be taken over`,
      `KMIP adapter ${ADAPTER} "clusters" is left out with its clients, because nothing declares root key ${ROOT_KEY}`,
    ],
  },
  {
    instance: "with an adapter whose root key is gone",
    found: { rootKeys: [] },
    declared: [],
    remarks: [`nothing declares root key ${ROOT_KEY}`],
  },
  {
    instance: "whose names an argument cannot have",
    found: {
      rootKeys: [rootKey({ name: "\u001b[2J", description: "x" })],
      adapters: [adapter({ name: "key store" })],
    },
    declared: CHAIN,
    remarks: [
      'The name "\\u001b[2J" is not declared and stays as it is: it must not contain control characters',
      'The description "x" is not declared and stays as it is: it must have 2 to 240 characters',
      'The name "key store" is not declared and stays as it is: it must be 2 to 40 letters',
    ],
    without: ["name:"],
  },
  {
    instance: "with an adapter whose description an argument cannot have",
    found: { adapters: [adapter({ description: "x" })] },
    declared: ["RootKey"],
    remarks: ["is left out with its clients, because no program can declare it: description must have 2 to 240"],
  },
  {
    instance: "with text around a certificate",
    found: withClient({ certificate: `# of the cluster\n${clientOf("a").replaceAll("\n", "\r\n")}` }),
    declared: CHAIN,
    remarks: [],
  },
  {
    instance: "with a certificate that has expired",
    found: withClient({ certificate: clientOf("old", expired) }),
    declared: CHAIN,
    remarks: ['CN=old" expired at'],
  },
  {
    instance: "with something else for a certificate",
    found: withClient({ certificate: authority.privateKey }),
    declared: ["RootKey", "KmipAdapter", "KmipAdapterClients"],
    remarks: ['Client certificate "storage-1" of KMIP adapter "clusters" is named in others alone'],
    code: [`{ adapter: clustersAdapter, clientCertificates: [], others: ["${REGISTRATION}"] }`],
    without: ["PRIVATE KEY", "KmipClientCertificate"],
  },
  {
    instance: "with a certificate that a renewal has left behind",
    found: {
      adapters: [
        adapter({
          certificates: [
            ownRegistration(clientOf("a"), {}),
            ownRegistration(clientOf("a"), { id: other(REGISTRATION, 1), created_at: "2026-11-30T08:00:00Z" }),
          ],
        }),
      ],
    },
    declared: [...CHAIN.slice(0, 3), ...CHAIN.slice(2)],
    remarks: ["has a successor: once its client presents that, take it out of the program"],
  },
];

const folder = programsFolder();
afterAll(() => folder.remove());

test.each(ROWS)("an instance $instance", ({ found, declared, remarks, code = [], without = [], instance }) => {
  const plan = planProgram(inventory(found), now);
  expect(plan.declarations.map(({ resource }) => resource)).toEqual(declared);
  const said = [...plan.remarks, ...plan.declarations.flatMap((declaration) => declaration.remarks)].map(inOneLine);
  expect(said).toEqual(remarks.map((words) => expect.stringContaining(words)));
  if (plan.declarations.length === 0) return;
  const text = programText(plan, keyProtectImporter);
  for (const words of code) expect(text).toContain(words);
  for (const words of without) expect(text.replaceAll(/^\/\/.*\n/gm, "")).not.toContain(words);
  for (const pem of plan.certificates.values()) {
    expect(pem).toMatch(/^(-----BEGIN CERTIFICATE-----\n[^-]+-----END CERTIFICATE-----\n)+$/);
  }
  writeFileSync(join(folder.path, `${instance.replaceAll(/\W/g, "-")}.ts`), text);
});

test("all of these programs compile and are formatted", () => {
  expect(formattingComplaints(folder.path)).toBe("");
  expect(compilerComplaints(folder.path)).toBe("");
}, 120_000);
