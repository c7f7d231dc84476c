import { clusterFacts } from "../../../cli/report/element/cluster-facts";
import type { ClusterFacts, Finding } from "../../../cli/report/model";
import { endInWords } from "../../../cli/report/wording";
import { issue, makeAuthority } from "../../kit/certificates";
import { authority, inventory, keyProvider, keyServer } from "../inventories";
import { fault, NOW, observation, rekey, reportOf } from "./samples";

const factsOf = (changes: Parameters<typeof inventory>[0] = {}): ClusterFacts =>
  clusterFacts(observation({ inventory: inventory(changes) }), NOW);

const findingsOf = (facts: ClusterFacts): Pick<Finding, "kind" | "text">[] =>
  reportOf([{ connection: "default", facts }], { project: "p", stack: "s", resources: [] }).findings.map(
    ({ kind, text }) => ({ kind, text }),
  );

const DAY_MS = 86_400_000;
const at = (days: number) => new Date(NOW.getTime() + days * DAY_MS);

const serverWith = (from: number, to: number) =>
  keyServer(1, {
    kmipClientCertificate: issue(authority, { commonName: "a", usage: "client", notBefore: at(from), notAfter: at(to) })
      .cert,
    kmipCaCertificate: authority.certificate,
  });

test.each([
  [[-100, 100], "valid", "ends 2027-04-25, in 100 days", undefined],
  [[-100, 1000], "valid", "ends 2029-10-11, in 2 years", undefined],
  [[-100, 5], "endsSoon", "ends soon: 2027-01-20, in 5 days", "notice"],
  [[-100, 0.5], "endsSoon", "ends soon: 2027-01-15, within a day", "notice"],
  [[-100, -0.5], "ended", "ended 2027-01-14, within the last day", "certificates"],
  [[-100, -20], "ended", "ended 2026-12-26, 20 days ago", "certificates"],
  [[0.003, 100], "valid", "ends 2027-04-25, in 100 days", undefined],
  [[1, 100], "notYetValid", "not valid before 2027-01-16", "certificates"],
] as const)("a certificate of %j days is %s: %s", ([from, to], status, words, kind) => {
  const facts = factsOf({ keyServers: [serverWith(from, to)], keyPair: undefined });
  const client = facts.certificates.find(({ purpose }) => purpose === "client");
  expect(client).toMatchObject({ status, keyServers: [1] });
  expect(client && endInWords(client)).toBe(words);
  const found = findingsOf(facts).filter(({ text }) => text.includes(words));
  expect(found.map((finding) => finding.kind)).toEqual(kind === undefined ? [] : [kind]);
});

test("a certificate of several servers is told once, with all of them", () => {
  const { certificates } = factsOf({ keyServers: [keyServer(1), keyServer(2)] });
  expect(certificates.map(({ purpose, keyServers }) => [purpose, keyServers])).toEqual(
    expect.arrayContaining([
      ["client", [1, 2]],
      ["authority", [1, 2]],
    ]),
  );
  expect(certificates).toHaveLength(2);
});

test("the issuers that follow a client certificate are told as what they are", () => {
  const issuer = makeAuthority({ commonName: "Issuing", issuer: authority });
  const chain = issue(issuer, { commonName: "a", usage: "client" }).cert + issuer.certificate;
  const { certificates } = factsOf({
    keyServers: [keyServer(1, { kmipClientCertificate: chain })],
    keyPair: undefined,
  });
  const told = certificates.map(({ purpose, subject, isForKeyPair }) => [
    purpose,
    subject.split("CN=")[1],
    isForKeyPair,
  ]);
  expect(told.sort()).toEqual([
    ["authority", "Test Authority", undefined],
    ["client", "a", false],
    ["issuer", "Issuing", undefined],
  ]);
});

test("a certificate for another key is found, and one that is none", () => {
  const facts = factsOf({ keyServers: [serverWith(-1, 300), keyServer(2, { kmipCaCertificate: "none" })] });
  expect(facts.keyServers[1]?.unreadable).toEqual([expect.stringMatching(/^authority of the key server: /)]);
  expect(findingsOf(facts).filter(({ kind }) => kind === "certificates")).toEqual([
    { kind: "certificates", text: expect.stringContaining('Of key server 2 "server 2", no certificate can be read') },
    { kind: "certificates", text: expect.stringContaining("was not issued for the cluster's key pair") },
  ]);
});

describe("the holder of the master key", () => {
  const key = { keyID: "2b0d8c1e-5a0c-4a7e-9d6f-0c5a1f3e7b90", keyCreatedTime: "2026-11-02T10:04:11Z" };

  test("is a provider with its name, and knows what it holds", () => {
    const facts = factsOf({ masterKey: { ...key, holder: 1 }, hardwareEncryption: { state: "enabled", holder: 1 } });
    expect(facts.softwareEncryption.masterKey).toEqual({
      ...{ holder: { kind: "keyProvider", id: 1, name: "provider 1" }, keyID: key.keyID },
      ...{ created: key.keyCreatedTime, ageDays: 73 },
    });
    expect(facts.keyProviders).toMatchObject([{ id: 1, holds: ["masterKey", "hardwareEncryptionKey"] }]);
  });

  test("is the cluster itself", () => {
    const facts = factsOf({ masterKey: { ...key, holder: "internal" } });
    expect(facts.softwareEncryption.masterKey?.holder).toEqual({ kind: "internal" });
    expect(facts.keyProviders).toMatchObject([{ holds: [] }]);
  });

  test("may be one that the cluster does not list", () => {
    expect(factsOf({ masterKey: { ...key, holder: 9 } }).softwareEncryption.masterKey?.holder).toEqual({
      kind: "keyProvider",
      id: 9,
    });
  });

  test.each([
    ["untold", "untold"],
    ["none", "disabled"],
  ] as const)("is not known of a cluster where it is %s", (masterKey, state) => {
    expect(factsOf({ masterKey }).softwareEncryption).toEqual({ state });
  });
});

describe("the last rekey", () => {
  const of = (changes: Parameters<typeof rekey>[0]) => clusterFacts(observation({ rekey: rekey(changes) }), NOW);
  const times = { asyncHandle: 27, started: "2026-11-02T10:00:00Z", ended: "2026-11-02T10:04:11Z" };

  test("has succeeded", () => expect(of({}).softwareEncryption.lastRekey).toEqual({ ...times, state: "succeeded" }));

  test("has failed although it is complete", () => {
    const facts = of({ error: { name: "xKmipFailure", message: "no key" } });
    expect(facts.softwareEncryption.lastRekey).toEqual({ ...times, state: "failed", error: "xKmipFailure: no key" });
    expect(findingsOf(facts)).toEqual([{ kind: "faults", text: expect.stringContaining("xKmipFailure: no key") }]);
  });

  test("runs", () => {
    const facts = of({ status: "running" });
    expect(facts.softwareEncryption.lastRekey).toEqual({ asyncHandle: 27, state: "running", started: times.started });
    expect(findingsOf(facts)).toEqual([{ kind: "notice", text: "A rekey of the master key is running." }]);
  });

  test("is one of which there is no record any more", () => {
    expect(clusterFacts(observation({ rekey: undefined }), NOW).softwareEncryption.lastRekey).toBeUndefined();
  });
});

test("the worst stands first", () => {
  const facts = clusterFacts(
    observation({
      inventory: inventory({
        keyServers: [serverWith(-100, -20), keyServer(2)],
        keyServerFailures: new Map([[2, "refused"]]),
        keyProviders: [keyProvider(1, { keyProviderIsActive: true })],
      }),
      faults: [fault()],
    }),
    NOW,
  );
  const failure = { code: "EKM_CONNECTION_TIMEOUT", message: "no answer" };
  const { findings } = reportOf([
    { connection: "default", tlsVerification: "off", facts },
    { connection: "east", failure },
  ]);
  expect([...new Set(findings.map(({ kind }) => kind))]).toEqual(["unread", "faults", "certificates", "notice"]);
  expect(findings.filter(({ kind }) => kind === "faults").map(({ text }) => text)).toEqual([
    "Open fault kmipServerFault (error): Cannot connect to the KMIP server",
    'Active key provider 1 "provider 1" has no key server: its keys cannot be fetched.',
    'The cluster cannot use key server 2 "server 2": refused',
  ]);
});
