import type { KeyUser } from "../../../cli/report/key-user";
import { instanceFindings } from "../../../cli/report/keyprotect/findings";
import { instanceFacts, withKeyUsers } from "../../../cli/report/keyprotect/instance-facts";
import { instanceLines } from "../../../cli/report/keyprotect/summary";
import { readCertificates } from "../../../provider/pki";
import { issue } from "../../kit/certificates";
import { authority, client } from "../inventories";
import { NOW } from "../report/samples";
import { adapter, inventory, other, ownRegistration, ROOT_KEY, registration, rootKey } from "./inventories";

const KMIP = "us-south.kms.cloud.ibm.com";

const factsOf = (changes: Parameters<typeof inventory>[0] = {}, recorded: object[] = []) =>
  instanceFacts(inventory(changes), { kmipEndpoint: KMIP }, { now: NOW, recorded: recorded as never });

const DAY_MS = 86_400_000;
const certificateOf = (from: number, to: number) => {
  const [notBefore, notAfter] = [from, to].map((days) => new Date(NOW.getTime() + days * DAY_MS));
  return issue(authority, { commonName: "a", usage: "client", notBefore, notAfter }).cert;
};

const lasting = certificateOf(-100, 1000);
const sound = { adapters: [adapter({ certificates: [registration({ certificate: lasting })] })] };

test("a root key is as old as its version, and its adapter has its clients and their keys", () => {
  expect(factsOf(sound)).toMatchObject({
    kmip: { hostname: KMIP, port: 5696 },
    rootKeys: [{ id: ROOT_KEY, state: "active", versionCreated: "2026-11-02T10:04:11Z", ageDays: 73 }],
    adapters: [{ rootKey: ROOT_KEY, keys: 1, clients: [{ keys: 1, superseded: false, users: [] }] }],
  });
});

test("a root key that was never rotated is as old as itself", () => {
  const key = rootKey({ keyVersion: undefined, lastRotateDate: undefined });
  expect(factsOf({ rootKeys: [key] }).rootKeys).toMatchObject([
    { version: ROOT_KEY, versionCreated: "2026-03-02T10:00:00Z", ageDays: 318 },
  ]);
});

test.each([
  ["of its own ID", "keyprotect:RootKey", { id: ROOT_KEY }, "keep"],
  ["of another ID", "keyprotect:RootKey", { id: other(ROOT_KEY, 1) }, undefined],
  ["of another kind", "keyprotect:KmipAdapter", { id: ROOT_KEY }, undefined],
])("what becomes of a root key in a destroy is told by a recorded resource %s", (_, token, about, onDelete) => {
  const recorded = [{ token, ...about, outputs: { onDelete: "keep" } }];
  expect(factsOf(sound, recorded).rootKeys[0]?.onDelete).toBe(onDelete);
});

interface Found {
  what: string;
  changes: Parameters<typeof inventory>[0];
  recorded?: object[];
  findings: [kind: string, words: string][];
}

const FOUND: Found[] = [
  { what: "nothing", changes: sound, findings: [] },
  ...(["suspended", "deactivated", "destroyed"] as const).map((state) => ({
    what: `a root key that is ${state}`,
    changes: { ...sound, rootKeys: [rootKey({ state })] },
    findings: [
      ["faults", `root key "storage" is ${state}: the keys of KMIP adapter "clusters" cannot be read`],
    ] satisfies Found["findings"],
  })),
  {
    what: "a suspended root key without an adapter",
    changes: { rootKeys: [rootKey({ state: "suspended" })], adapters: [] },
    findings: [],
  },
  {
    what: "a root key that is gone",
    changes: { ...sound, rootKeys: [] },
    findings: [["faults", `root key ${ROOT_KEY}, which the instance does not know any more`]],
  },
  {
    what: "a root key that ends",
    changes: { ...sound, rootKeys: [rootKey({ expirationDate: "2027-03-01T00:00:00Z" })] },
    findings: [["notice", "ends on 2027-03-01: no key can be made under it then"]],
  },
  {
    what: "a destroy that shreds",
    changes: sound,
    recorded: [
      { token: "keyprotect:RootKey", id: ROOT_KEY, outputs: { onDelete: "delete" } },
      { token: "keyprotect:KmipAdapter", id: adapter().id, outputs: { onDelete: "destroyKeys" } },
    ],
    findings: [
      ["notice", 'A destroy would delete the root key "storage", with whatever it has wrapped'],
      ["notice", 'A destroy would destroy the keys of KMIP adapter "clusters"'],
    ],
  },
  {
    what: "certificates that end, have ended, begin later, are none or have a successor",
    changes: {
      adapters: [
        adapter({
          certificates: [
            registration({ certificate: certificateOf(-100, 5) }),
            registration({ certificate: certificateOf(-100, -5) }),
            registration({ certificate: certificateOf(5, 100) }),
            registration({ certificate: "none" }),
            ownRegistration(certificateOf(-100, 5), {}),
            ownRegistration(lasting, { created_at: "2026-11-30T08:00:00Z" }),
          ],
        }),
      ],
    },
    findings: [
      ["notice", 'The client certificate "storage-1" of KMIP adapter "clusters" ends soon: 2027-01-20, in 5 days'],
      ["certificates", "ended 2027-01-10, 5 days ago"],
      ["certificates", "not valid before 2027-01-20"],
      ["certificates", "cannot be read"],
      ["notice", "has a successor, and is still accepted"],
    ],
  },
];

test.each(FOUND)("$what is found", ({ changes, recorded, findings }) => {
  expect(instanceFindings(factsOf(changes, recorded)).map(({ kind, text }) => [kind, text])).toEqual(
    findings.map(([kind, words]) => [kind, expect.stringContaining(words)]),
  );
});

const user: KeyUser = {
  ...{
    system: 'cluster "storage-1"',
    client: 'key server 1 "kms"',
    hostnames: ["other.example.com", KMIP],
    port: 5696,
  },
  fingerprint256: readCertificates(client)[0].fingerprint256,
  keys: [{ title: "master key", protects: "the data encryption keys" }],
};

test.each<[string, Partial<KeyUser>, boolean]>([
  ["that presents its certificate at the region's endpoint", {}, true],
  ["that spells the endpoint otherwise", { hostnames: [KMIP.toUpperCase()] }, true],
  ["at another host", { hostnames: ["eu-de.kms.cloud.ibm.com"] }, false],
  ["at another port", { port: 9998 }, false],
  ["with another certificate", { fingerprint256: readCertificates(lasting)[0].fingerprint256 }, false],
])("a key server %s", (_, changes, isUnderTheAdapter) => {
  const { adapters } = withKeyUsers(factsOf(), [{ ...user, ...changes }]);
  const { system, client, keys } = user;
  expect(adapters[0]?.clients[0]?.users).toEqual(isUnderTheAdapter ? [{ system, client, keys }] : []);
});

test("a terminal shows the chain from the root key down", () => {
  const facts = withKeyUsers(factsOf({ rootKeys: [rootKey(), rootKey({ id: other(ROOT_KEY, 1), name: "backups" })] }), [
    user,
  ]);
  expect(instanceLines({ connection: "default", facts }).map((line) => line.replace(/: .*/, ""))).toEqual([
    expect.stringContaining('Instance "default"'),
    '  root key "storage"',
    '    KMIP adapter "clusters"',
    '      client "storage-1"',
    '  root key "backups"',
  ]);
});
