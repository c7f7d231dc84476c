import { masterKey } from "../../../provider/element/master-key";
import type { Scene } from "./stage";
import { lifecycleTable } from "./table";

const REKEY = "RekeySoftwareEncryptionAtRestMasterKey";

const encryption = ({ cluster }: Scene) => cluster.state().softwareEncryption;
const keyID = (scene: Scene) => encryption(scene).masterKey?.keyID;

/** The master key is a real key of the key server, and still opens the same data. */
async function expectExternal(scene: Scene, rekeys: number): Promise<void> {
  expect(encryption(scene)).toMatchObject({ rekeys, masterKey: { keyManagementType: "external", keyProviderID: 1 } });
  expect(scene.activeKeys()).toHaveLength(1);
  expect(await scene.cluster.unwrapDataKey()).toBe(true);
}

async function expectInternal(scene: Scene, rekeys: number): Promise<void> {
  expect(encryption(scene)).toMatchObject({ rekeys, masterKey: { keyManagementType: "internal" } });
  expect(scene.activeKeys()).toEqual([]);
  expect(await scene.cluster.unwrapDataKey()).toBe(true);
}

const external = (more: object = {}) => ({ keyProvider: "1", onDelete: "internal" as const, ...more });
const internal = (more: object = {}) => ({ onDelete: "internal" as const, ...more });

/** A second provider, with a server of its own, holds the key; nothing of it is declared. */
async function anotherProviderTakesOver(scene: Scene): Promise<void> {
  const [server] = scene.cluster.state().keyServers;
  await scene.byHand("CreateKeyServerKmip", {
    kmipKeyServerName: "another",
    kmipKeyServerHostnames: ["127.0.0.1"],
    kmipKeyServerPort: scene.kmip.port,
    kmipCaCertificate: server?.kmipCaCertificate ?? "",
    kmipClientCertificate: server?.kmipClientCertificate ?? "",
  });
  await scene.byHand("CreateKeyProviderKmip", { keyProviderName: "another" });
  await scene.byHand("AddKeyServerToProviderKmip", { keyProviderID: 2, keyServerID: 2 });
  await scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 2 });
}

const loseAnswer = (scene: Scene) =>
  scene.cluster.faults.add({ method: REKEY, when: "after", count: 1, action: { drop: true } });

lifecycleTable("MasterKey", masterKey, [
  {
    name: "moves to the key server, stays with equal inputs, and comes back",
    stage: "attached",
    steps: [
      {
        up: external(),
        did: "created",
        outputs: { keyManagementType: "external", keyProviderID: 1, complete: true },
        writes: [REKEY],
        afterwards: async ({ scene, resource, run }) => {
          await expectExternal(scene, 1);
          expect(resource.state?.id).toBe(scene.cluster.state().identity.uniqueID);
          expect(resource.state?.outputs).toMatchObject({ keyID: keyID(scene), recordedKeyID: keyID(scene) });
          expect(run.lines[0]).toMatchObject({ severity: "progress", message: expect.stringContaining("rekeying (") });
        },
      },
      { up: external(), did: "unchanged" },
      { refresh: true, did: "refreshed", inputs: { keyProvider: "1" } },
      { up: external(), did: "unchanged" },
      { destroy: true, did: "deleted", writes: [REKEY], afterwards: ({ scene }) => expectInternal(scene, 2) },
    ],
  },
  {
    name: "rekeys nothing where the wanted provider holds the key already",
    stage: "external",
    steps: [{ up: external(), did: "created", outputs: { keyProviderID: 1, complete: true } }],
  },
  {
    name: "rekeys nothing where internal keys are wanted and in force",
    steps: [
      { up: internal(), did: "created", outputs: { keyManagementType: "internal" } },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expectInternal(scene, 0) },
    ],
  },
  {
    name: "rotates once for a changed trigger",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { quarter: "1" } }), did: "created" },
      {
        up: external({ rotationTriggers: { quarter: "2" } }),
        did: "updated",
        writes: [REKEY],
        afterwards: ({ scene }) => expectExternal(scene, 2),
      },
      { up: external({ rotationTriggers: { quarter: "2" } }), did: "unchanged" },
    ],
  },
  {
    name: "does not rotate twice when it was killed after the rekey",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { quarter: "1" } }), did: "created" },
      {
        given: ({ scene }) => scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 }),
        up: external({ rotationTriggers: { quarter: "2" } }),
        did: "updated",
        afterwards: async ({ scene, resource }) => {
          await expectExternal(scene, 2);
          expect(resource.state?.outputs.recordedKeyID).toBe(keyID(scene));
        },
      },
    ],
  },
  {
    name: "does not rotate twice when it was killed after the rekey and refreshed before the next",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { quarter: "1" } }), did: "created" },
      {
        given: ({ scene }) => scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 }),
        refresh: true,
        did: "refreshed",
        afterwards: ({ scene, resource }) => {
          expect(resource.state?.outputs.keyID).toBe(keyID(scene));
          expect(resource.state?.outputs.recordedKeyID).not.toBe(keyID(scene));
        },
      },
      {
        up: external({ rotationTriggers: { quarter: "2" } }),
        did: "updated",
        afterwards: ({ scene }) => expectExternal(scene, 2),
      },
    ],
  },
  {
    name: "joins the rekey of its create whose answer was lost",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => loseAnswer(scene),
        up: external(),
        failed: ["EKM_CLUSTER_UNREACHABLE", REKEY],
        writes: [REKEY],
      },
      { up: external(), did: "created", afterwards: ({ scene }) => expectExternal(scene, 1) },
    ],
  },
  {
    name: "joins the rotation whose answer was lost, while it runs and after",
    stage: "external",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ scene }) => loseAnswer(scene),
        up: external({ rotationTriggers: { a: "1" } }),
        failed: ["EKM_CLUSTER_UNREACHABLE"],
        writes: [REKEY],
      },
      {
        up: external({ rotationTriggers: { a: "1" } }),
        did: "updated",
        afterwards: ({ scene }) => expectExternal(scene, 2),
      },
      {
        given: ({ scene }) => loseAnswer(scene),
        up: external({ rotationTriggers: { a: "2" } }),
        failed: ["EKM_CLUSTER_UNREACHABLE"],
        writes: [REKEY],
      },
      {
        given: ({ scene }) => scene.rekeyIsOver(),
        up: external({ rotationTriggers: { a: "2" } }),
        did: "updated",
        afterwards: ({ scene }) => expectExternal(scene, 3),
      },
    ],
  },
  {
    name: "joins a rekey whose handle the cluster does not show yet",
    stage: "attached",
    switches: { handleVisibleAfterMs: 40 },
    steps: [
      {
        given: ({ scene }) => scene.byHand(REKEY, { keyManagementType: "External", keyProviderID: 1 }),
        up: external(),
        did: "created",
        afterwards: ({ scene }) => expectExternal(scene, 1),
      },
    ],
  },
  {
    name: "rekeys by age on a moved clock, once, and not for a changed maxAge",
    stage: "external",
    steps: [
      { up: external({ maxAge: "90d" }), did: "created" },
      {
        given: ({ run }) => run.clock.advance(89 * 86_400_000),
        up: external({ maxAge: "90d" }),
        did: "unchanged",
      },
      { up: external({ maxAge: "100d" }), did: "updated" },
      {
        given: ({ run }) => run.clock.advance(12 * 86_400_000),
        up: external({ maxAge: "100d" }),
        did: "updated",
        writes: [REKEY],
        afterwards: ({ scene }) => expectExternal(scene, 2),
      },
      // The cluster's own clock was not moved: the key's age counts from what this side recorded.
      { up: external({ maxAge: "100d" }), did: "unchanged" },
      { up: external({ maxAge: "1d" }), did: "updated" },
    ],
  },
  {
    name: "takes the key from another provider only when told to",
    stage: "external",
    steps: [
      {
        given: ({ scene }) => anotherProviderTakesOver(scene),
        up: external(),
        failed: [
          "EKM_MASTER_KEY_HELD_ELSEWHERE",
          "giving the master key to key provider 1",
          "key provider 2 holds it",
          "takeOver",
        ],
      },
      { up: internal(), failed: ["EKM_MASTER_KEY_HELD_ELSEWHERE", "giving the master key to internal keys"] },
      {
        up: external({ takeOver: true }),
        did: "created",
        writes: [REKEY],
        afterwards: ({ scene }) => expectExternal(scene, 3),
      },
    ],
  },
  {
    name: "takes the key back that somebody brought to internal keys by hand",
    stage: "external",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ scene }) => scene.rekeyByHand({ keyManagementType: "Internal" }),
        refresh: true,
        did: "refreshed",
        outputs: { keyManagementType: "internal" },
        afterwards: ({ resource }) => {
          expect(resource.state?.inputs.keyProvider).toBeUndefined();
          expect(resource.state?.outputs.keyProviderID).toBeUndefined();
        },
      },
      { up: external(), did: "updated", writes: [REKEY], afterwards: ({ scene }) => expectExternal(scene, 3) },
    ],
  },
  {
    name: "leaves an incomplete resource at its deadline, and the next run resumes without a second rekey",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => scene.holdRekeys(),
        up: external({ deadlines: { create: 30 }, rotationTriggers: { a: "1" } }),
        failed: ["EKM_REKEY_DEADLINE", "still runs after 30 seconds", "pulumi up"],
        incomplete: true,
        outputs: { complete: false, asyncHandle: 1, keyManagementType: "internal" },
        writes: [REKEY],
      },
      { refresh: true, did: "refreshed", outputs: { complete: false, asyncHandle: 1 } },
      {
        given: ({ scene }) => {
          scene.cluster.switches.rekeySeconds = 0;
        },
        up: external({ rotationTriggers: { a: "1" } }),
        did: "updated",
        outputs: { complete: true, keyProviderID: 1 },
        afterwards: async ({ scene, resource }) => {
          await expectExternal(scene, 1);
          expect(resource.state?.outputs.asyncHandle).toBeUndefined();
        },
      },
      { up: external({ rotationTriggers: { a: "1" } }), did: "unchanged" },
    ],
  },
  {
    name: "does not rotate twice when the deadline of a rotation was reached",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { a: "1" } }), did: "created" },
      {
        given: ({ scene }) => scene.holdRekeys(),
        up: external({ deadlines: { update: 20 }, rotationTriggers: { a: "2" } }),
        failed: ["EKM_REKEY_DEADLINE"],
        incomplete: true,
        outputs: { complete: false, rotationTriggers: { a: "1" } },
        writes: [REKEY],
      },
      {
        given: ({ scene }) => scene.letRekeyEnd(),
        up: external({ rotationTriggers: { a: "2" } }),
        did: "updated",
        outputs: { complete: true, rotationTriggers: { a: "2" } },
        afterwards: ({ scene }) => expectExternal(scene, 2),
      },
      { up: external({ rotationTriggers: { a: "2" } }), did: "unchanged" },
    ],
  },
  {
    name: "succeeds when somebody else reads the result of its rekey",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => {
          // Whoever reads a result without keepResult deletes it.
          scene.cluster.faults.add({ method: "GetAsyncResult", delayMs: 150, count: 1 });
          void (async () => {
            while (scene.cluster.state().asyncResults[0]?.status !== "complete") await new Promise(setImmediate);
            await scene.cluster.mutate((state) => {
              state.asyncResults = [];
            });
          })();
        },
        up: external(),
        did: "created",
        outputs: { complete: true, keyProviderID: 1 },
        writes: [REKEY],
        afterwards: ({ scene }) => expectExternal(scene, 1),
      },
    ],
  },
  {
    name: "says that a rekey failed, keeps the old key in force, and tries again",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => {
          scene.cluster.switches.rekeySeconds = 0.3;
          void (async () => {
            while (encryption(scene).rekey?.step !== 0) await new Promise(setImmediate);
            await scene.stopKeyServer();
          })();
        },
        up: external(),
        failed: ["EKM_REKEY_FAILED", "xKmipConnectionFailure", "old master key stays in force"],
        incomplete: true,
        outputs: { complete: false, keyManagementType: "internal" },
        writes: [REKEY],
        afterwards: ({ scene }) =>
          expect(encryption(scene)).toMatchObject({ rekeys: 0, masterKey: { keyManagementType: "internal" } }),
      },
      {
        given: ({ scene }) => scene.startKeyServer(),
        up: external(),
        did: "updated",
        outputs: { complete: true },
        writes: [REKEY],
        afterwards: ({ scene }) =>
          expect(encryption(scene)).toMatchObject({ rekeys: 1, masterKey: { keyProviderID: 1 } }),
      },
    ],
  },
  {
    name: "starts no rekey onto a key server that is down, or a provider that has none",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => scene.stopKeyServer(),
        up: external(),
        failed: ["EKM_ELEMENT_API", "xKmipConnectionFailure"],
      },
      {
        given: ({ scene }) => scene.byHand("CreateKeyProviderKmip", { keyProviderName: "empty" }),
        up: external({ keyProvider: "2" }),
        failed: ["EKM_OBJECT_NOT_FOUND", "no key server is attached", "element.KeyServerAttachment"],
      },
      { up: external({ keyProvider: "9" }), failed: ["EKM_OBJECT_NOT_FOUND", "there is no such key provider"] },
    ],
  },
  {
    name: "is kept where it is by onDelete keep",
    stage: "external",
    steps: [
      { up: external({ onDelete: "keep" }), did: "created" },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expectExternal(scene, 1) },
    ],
  },
  {
    name: "is not given back when another holder has it by now",
    stage: "external",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ scene }) => anotherProviderTakesOver(scene),
        destroy: true,
        did: "deleted",
        afterwards: ({ scene, run }) => {
          expect(encryption(scene).masterKey?.keyProviderID).toBe(2);
          expect(run.lines.at(-1)).toMatchObject({
            severity: "warn",
            message: expect.stringContaining("key provider 2"),
          });
        },
      },
    ],
  },
  {
    name: "is given back by the rekey that runs already",
    stage: "external",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ scene }) => loseAnswer(scene),
        destroy: true,
        failed: ["EKM_CLUSTER_UNREACHABLE"],
        writes: [REKEY],
      },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expectInternal(scene, 2) },
    ],
  },
  {
    name: "stays on the cluster when another resource of the program declares it",
    stage: "external",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ run }) => run.declarations.declare("master key:default", "urn:of:another"),
        destroy: true,
        did: "deleted",
        afterwards: ({ scene }) => expectExternal(scene, 1),
      },
    ],
  },
  {
    name: "refuses to be replaced",
    stage: "external",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ run, resource }) => run.declarations.declare("master key:default", resource.urn),
        destroy: true,
        failed: ["EKM_REPLACEMENT_REFUSED", "rotationTriggers"],
      },
    ],
  },
  {
    name: "does not exist without software encryption at rest",
    steps: [
      {
        given: ({ scene }) =>
          scene.cluster.mutate((state) => {
            state.softwareEncryption = { enabled: false, rekeys: 0 };
          }),
        up: internal(),
        failed: ["EKM_SOFTWARE_ENCRYPTION_DISABLED"],
      },
    ],
  },
  {
    name: "refuses bad input without a call",
    steps: [
      { up: external({ keyProvider: "one" }), refused: ["keyProvider"] },
      { up: external({ keyProvider: 1 }), refused: ["keyProvider"] },
      { up: external({ maxAge: "soon" }), refused: ["maxAge"] },
      { up: external({ maxAge: "0d" }), refused: ["maxAge"] },
      { up: external({ onDelete: "destroy" }), refused: ["onDelete"] },
      { up: external({ takeOver: "yes" }), refused: ["takeOver"] },
      { up: external({ rotationTriggers: { a: 1 } }), refused: ["rotationTriggers"] },
      {
        up: external({ rotationTriggers: "a" }),
        refused: ["rotationTriggers"],
        afterwards: ({ scene }) => expect(scene.cluster.requests).toEqual([]),
      },
    ],
  },
]);
