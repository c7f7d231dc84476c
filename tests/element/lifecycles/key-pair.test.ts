import { readCertificateRequest } from "../../../provider/pki";
import { certificateSigningRequest } from "../../../provider/systems/element/certificate-signing-request/certificate-signing-request";
import { keyPair } from "../../../provider/systems/element/key-pair/key-pair";
import { refusalOfNewPair } from "../../../provider/systems/element/observed/key-pair";
import { Resource, runOn } from "../harness";
import { type Scene, SUBJECT } from "../stage";
import { lifecycleTable, useTheatre } from "../table";

const CREATE = "CreatePublicPrivateKeyPair";
const IN_THREE_RUNS =
  "to replace it, first bring the keys back to internal ones, in a run of its own: an element.MasterKey without a key provider";

const generation = ({ cluster }: Scene) => cluster.state().keyPair?.generation ?? 0;
/** Of the public key, as the cluster's own records spell it. */
const fingerprint = ({ cluster }: Scene) => cluster.state().keyPair?.fingerprint256.replaceAll(":", "").toLowerCase();

lifecycleTable("KeyPair", keyPair, [
  {
    name: "is created, kept, and left on the cluster",
    steps: [
      {
        up: { subject: SUBJECT },
        did: "created",
        writes: [CREATE],
        afterwards: ({ scene, resource }) => {
          const publicKeyFingerprint = fingerprint(scene);
          expect(scene.cluster.state().keyPair).toMatchObject({ generation: 1, subject: SUBJECT });
          expect(resource.state).toMatchObject({
            id: scene.cluster.state().identity.uniqueID,
            outputs: { publicKeyFingerprint, recordedPublicKeyFingerprint: publicKeyFingerprint },
          });
        },
      },
      { up: { subject: SUBJECT }, did: "unchanged" },
      { refresh: true, did: "refreshed", inputs: { subject: SUBJECT } },
      { up: { subject: SUBJECT }, did: "unchanged" },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expect(generation(scene)).toBe(1) },
    ],
  },
  {
    name: "is made once when the answer to its create was lost",
    steps: [
      {
        given: ({ scene }) =>
          scene.cluster.faults.add({ method: CREATE, when: "after", count: 1, action: { drop: true } }),
        up: { subject: SUBJECT },
        failed: ["EKM_CONNECTION_UNREACHABLE", CREATE],
        writes: [CREATE],
      },
      { up: { subject: SUBJECT }, did: "created", afterwards: ({ scene }) => expect(generation(scene)).toBe(1) },
    ],
  },
  {
    name: "adopts the pair of the same subject, or whatever there is",
    stage: "external",
    steps: [
      { up: { subject: SUBJECT }, did: "created" },
      { destroy: true, did: "deleted" },
      { up: { adopt: "match" }, did: "created" },
      { refresh: true, did: "refreshed" },
      { up: {}, did: "unchanged", afterwards: ({ scene }) => expect(generation(scene)).toBe(1) },
    ],
  },
  {
    name: "adopts nothing on a cluster without a pair, and no other pair than the declared one",
    steps: [
      { up: { adopt: "match" }, failed: ["EKM_OBJECT_NOT_FOUND", "has no key pair yet", "adopt out, and one is made"] },
      {
        given: ({ scene }) => scene.byHand(CREATE, SUBJECT),
        up: { subject: { commonName: "other" }, adopt: "match" },
        failed: ["EKM_OBJECT_NOT_FOUND", "storage-1"],
        afterwards: ({ scene }) => expect(generation(scene)).toBe(1),
      },
    ],
  },
  {
    name: "is not made anew where a key server relies on it, unless that is declared",
    stage: "attached",
    steps: [
      {
        up: { subject: { commonName: "other" } },
        failed: [
          "EKM_KEY_PAIR_IN_USE",
          'key server 1 "by hand"',
          'leave "subject" out; to replace it, set or change "regenerate".',
        ],
      },
      {
        up: { subject: { commonName: "other" }, regenerate: "1" },
        did: "created",
        writes: [CREATE],
        afterwards: ({ scene }) => expect(generation(scene)).toBe(2),
      },
      { up: { subject: SUBJECT, regenerate: "1" }, refused: ["subject"] },
      { up: { subject: { commonName: "other" }, regenerate: "1" }, did: "unchanged" },
      {
        up: { subject: { commonName: "other" }, regenerate: "2" },
        did: "updated",
        writes: [CREATE],
        afterwards: ({ scene }) => expect(generation(scene)).toBe(3),
      },
    ],
  },
  {
    name: "is never made anew while a provider is active",
    stage: "external",
    steps: [
      { up: { subject: { commonName: "other" } }, failed: ["EKM_KEY_PAIR_IN_USE", "is active", IN_THREE_RUNS] },
      { up: { subject: { commonName: "other" }, regenerate: "1" }, refused: ["subject"] },
      { up: { subject: SUBJECT }, did: "created" },
      { up: { subject: SUBJECT, regenerate: "1" }, refused: ["regenerate"] },
      {
        up: { subject: { commonName: "other" }, regenerate: "1" },
        refused: ["subject"],
        afterwards: ({ scene }) => expect(generation(scene)).toBe(1),
      },
    ],
  },
  {
    name: "is kept, and no change, when regenerate is taken out of the program, and when it comes back as it was",
    stage: "paired",
    steps: [
      { up: { subject: SUBJECT, regenerate: "1" }, did: "created" },
      { up: { subject: SUBJECT }, did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: { subject: SUBJECT }, did: "unchanged" },
      { up: { subject: SUBJECT, regenerate: "1" }, did: "unchanged" },
      { up: { subject: SUBJECT }, did: "unchanged" },
      { up: { subject: SUBJECT, regenerate: "2" }, did: "updated", writes: [CREATE] },
    ],
  },
  {
    name: "is regenerated once when it was killed afterwards",
    stage: "paired",
    steps: [
      { up: { subject: SUBJECT }, did: "created" },
      {
        given: ({ scene }) => scene.loseAnswer(CREATE),
        up: { subject: SUBJECT, regenerate: "1" },
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [CREATE],
      },
      {
        up: { subject: SUBJECT, regenerate: "1" },
        did: "updated",
        says: ["an earlier run began to change it"],
        afterwards: ({ scene }) => expect(generation(scene)).toBe(2),
      },
    ],
  },
  {
    name: "is regenerated when asked to, although somebody made a pair since",
    stage: "paired",
    steps: [
      { up: { subject: SUBJECT }, did: "created" },
      {
        given: ({ scene }) => scene.byHand(CREATE, SUBJECT),
        up: { subject: SUBJECT, regenerate: "1" },
        did: "updated",
        writes: [CREATE],
        afterwards: ({ scene }) => expect(generation(scene)).toBe(3),
      },
    ],
  },
  {
    name: "changes its subject where nothing relies on it",
    stage: "paired",
    steps: [
      { up: { subject: SUBJECT }, did: "created" },
      { up: { subject: { commonName: "new" } }, did: "updated", writes: [CREATE] },
      { up: {}, did: "unchanged", afterwards: ({ scene }) => expect(generation(scene)).toBe(2) },
    ],
  },
  {
    name: "notices a pair that was made by hand, and accepts it",
    stage: "paired",
    steps: [
      { up: { subject: SUBJECT }, did: "created" },
      {
        given: ({ scene }) => scene.byHand(CREATE, SUBJECT),
        refresh: true,
        did: "refreshed",
        afterwards: ({ scene, resource }) => {
          const { publicKeyFingerprint, recordedPublicKeyFingerprint } = resource.state?.outputs ?? {};
          expect(publicKeyFingerprint).toBe(fingerprint(scene));
          expect(recordedPublicKeyFingerprint).not.toBe(publicKeyFingerprint);
        },
      },
      { up: { subject: SUBJECT }, did: "updated" },
      { up: { subject: SUBJECT }, did: "unchanged", afterwards: ({ scene }) => expect(generation(scene)).toBe(2) },
    ],
  },
  {
    name: "shows the subject that somebody gave it by hand",
    stage: "paired",
    steps: [
      { up: { subject: SUBJECT }, did: "created" },
      {
        given: ({ scene }) => scene.byHand(CREATE, { commonName: "by hand" }),
        refresh: true,
        did: "refreshed",
        inputs: { subject: { commonName: "by hand" } },
      },
      { up: { subject: SUBJECT }, did: "updated", writes: [CREATE] },
    ],
  },
  {
    name: "refuses bad input without a call",
    steps: [
      { up: { subject: { country: "USA" } }, refused: ["subject.country"] },
      { up: { subject: { commonName: "" } }, refused: ["subject.commonName"] },
      { up: { subject: { commonName: "x".repeat(65) } }, refused: ["subject.commonName"] },
      { up: { subject: { emailAddress: "ü@example.org" } }, refused: ["subject.emailAddress"] },
      { up: { subject: "CN=storage" as never }, refused: ["subject"] },
      { up: { regenerate: 1 as never }, refused: ["regenerate"] },
      {
        up: { adopt: "1" as never },
        refused: ["adopt"],
        afterwards: ({ scene }) => expect(scene.cluster.requests).toEqual([]),
      },
    ],
  },
]);

lifecycleTable("CertificateSigningRequest", certificateSigningRequest, [
  {
    name: "is the cluster's own, and follows the key pair",
    stage: "paired",
    steps: [
      {
        up: (scene) => ({ publicKeyFingerprint: fingerprint(scene) ?? "" }),
        did: "created",
        outputs: { subject: "CN=storage-1, O=Example" },
        afterwards: ({ scene, resource }) => {
          expect(readCertificateRequest(resource.state?.outputs.pem ?? "").publicKeyFingerprint).toBe(
            fingerprint(scene),
          );
        },
      },
      { up: (scene) => ({ publicKeyFingerprint: fingerprint(scene) ?? "" }), did: "unchanged" },
      {
        given: ({ scene }) => {
          scene.cluster.switches.csrVersion2 = true;
        },
        refresh: true,
        did: "refreshed",
        afterwards: ({ resource }) =>
          expect(resource.state?.outputs).toMatchObject({ subject: "CN=storage-1, O=Example" }),
      },
      { up: (scene) => ({ publicKeyFingerprint: fingerprint(scene) ?? "" }), did: "unchanged" },
      {
        given: ({ scene }) => scene.byHand(CREATE, { commonName: "new" }),
        up: (scene) => ({ publicKeyFingerprint: fingerprint(scene) ?? "" }),
        did: "updated",
        outputs: { subject: "CN=new" },
      },
      { destroy: true, did: "deleted" },
    ],
  },
  {
    name: "needs a key pair",
    steps: [
      {
        up: { publicKeyFingerprint: "00".repeat(32) },
        failed: ["EKM_OBJECT_NOT_FOUND", "the cluster has no key pair", "element.KeyPair"],
      },
    ],
  },
]);

const theatre = useTheatre();

test("a second declaration in one program is refused, and the first goes on", async () => {
  const run = runOn(await theatre.scene("bare"));
  const [first, second] = ["first", "second"].map((name) => new Resource(keyPair, "element:KeyPair", run, name));
  expect(await first?.up({})).toMatchObject({ did: "created" });
  expect(await second?.up({})).toEqual({
    refused: [{ property: "cluster", reason: expect.stringContaining('element.KeyPair "first" already declares it') }],
  });
  expect(await first?.up({})).toMatchObject({ did: "unchanged" });
  await run.close();
});

test.each([
  ["", "an element.MasterKey without a key provider"],
  [
    "ekm:element:ExternalKeyManagement$",
    'masterKey: { keyManagementType: "internal" } of the element.ExternalKeyManagement',
  ],
])("the way to another pair names the property to set, below %j", async (parent, way) => {
  const scene = await theatre.scene("external");
  const run = runOn(scene);
  const urn = `urn:pulumi:dev::tests::${parent}pulumi-nodejs:dynamic/ekm/element:KeyPair::main`;
  const refused = await refusalOfNewPair(run.cluster(), true, run.context(urn));
  expect(refused?.message).toContain(`To keep the pair, leave "regenerate" as it was; to replace it, first bring`);
  expect(refused?.message).toContain(`in a run of its own: ${way}, and where drives are encrypted`);
  await run.close();
});
