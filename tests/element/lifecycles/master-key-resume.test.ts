import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import { MachineJournal } from "../../kit/machine-journal";
import {
  anotherProviderTakesOver,
  encryption,
  expectExternal,
  expectInternal,
  external,
  keyID,
  loseAnswer,
  REKEY,
  stopKeyServerDuringRekey,
} from "../master-key-scene";
import { lifecycleTable } from "../table";

lifecycleTable("MasterKey", masterKey, [
  {
    name: "does not rotate twice when it was killed after the rekey",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { quarter: "1" } }), did: "created" },
      {
        given: ({ scene }) => loseAnswer(scene),
        up: external({ rotationTriggers: { quarter: "2" } }),
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [REKEY],
      },
      {
        given: ({ scene }) => scene.rekeyIsOver(),
        up: external({ rotationTriggers: { quarter: "2" } }),
        did: "updated",
        says: ["will look, and do what is missing", "no second rekey: key"],
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
        given: ({ scene }) => loseAnswer(scene),
        up: external({ rotationTriggers: { quarter: "2" } }),
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [REKEY],
      },
      {
        given: ({ scene }) => scene.rekeyIsOver(),
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
        failed: ["EKM_CONNECTION_UNREACHABLE", REKEY],
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
        failed: ["EKM_CONNECTION_UNREACHABLE"],
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
        failed: ["EKM_CONNECTION_UNREACHABLE"],
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
    name: "does not rotate when somebody else rotates while it tries the key server",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { a: "1" } }), did: "created" },
      {
        given: ({ scene }) =>
          scene.afterCallOf("TestKeyProviderKmip", () =>
            scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 }),
          ),
        up: external({ rotationTriggers: { a: "2" } }),
        did: "updated",
        writes: [REKEY],
        afterwards: ({ scene }) => expectExternal(scene, 2),
      },
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
    // Who held the key before the rekey that was waited for was taken for its own: the next run took the key away.
    name: "leaves the key to another provider after it has waited in vain for that one's rekey",
    stage: "external",
    steps: [
      {
        given: async ({ scene }) => {
          await anotherProviderTakesOver(scene);
          scene.holdRekeys();
          await scene.byHand(REKEY, { keyManagementType: "External", keyProviderID: 2 });
        },
        up: external({ deadlines: { create: 30 } }),
        failed: ["EKM_REKEY_DEADLINE"],
        incomplete: true,
      },
      {
        given: ({ scene }) => scene.letRekeyEnd(),
        up: external(),
        failed: ["EKM_MASTER_KEY_HELD_ELSEWHERE", "key provider 2 holds it"],
      },
      {
        destroy: true,
        did: "deleted",
        afterwards: ({ scene }) => expect(encryption(scene).masterKey?.keyProviderID).toBe(2),
      },
    ],
  },
  {
    // A create asks for no rotation of a key that is where it is wanted, and the run after it took the triggers for new ones.
    name: "does not rotate because it was created while somebody else's rotation ran that failed",
    stage: "external",
    steps: [
      {
        given: async ({ scene }) => {
          scene.holdRekeys();
          await scene.byHand(REKEY, {});
        },
        up: external({ deadlines: { create: 30 }, rotationTriggers: { a: "1" } }),
        failed: ["EKM_REKEY_DEADLINE"],
        incomplete: true,
      },
      {
        given: async ({ scene }) => {
          await scene.stopKeyServer();
          await scene.letRekeyEnd();
          await scene.startKeyServer();
        },
        up: external({ rotationTriggers: { a: "1" } }),
        did: "updated",
        outputs: { complete: true },
        afterwards: ({ scene }) => expect(encryption(scene).rekeys).toBe(1),
      },
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
        given: ({ scene }) => stopKeyServerDuringRekey(scene),
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
    name: "is given back by the rekey that runs already",
    stage: "external",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ scene }) => loseAnswer(scene),
        destroy: true,
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [REKEY],
      },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expectInternal(scene, 2) },
    ],
  },
  {
    name: "rotates when asked to, although somebody has rekeyed by hand since",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { a: "1" } }), did: "created" },
      {
        given: ({ scene }) => scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 }),
        up: external({ rotationTriggers: { a: "1" } }),
        did: "unchanged",
      },
      {
        up: external({ rotationTriggers: { a: "2" } }),
        did: "updated",
        writes: [REKEY],
        says: [
          "will rekey to a new key of key provider 1 (trigger a changed: 1 → 2)",
          "s: key provider 1 holds the master key (trigger a changed: 1 → 2)",
        ],
        afterwards: ({ scene }) => expectExternal(scene, 3),
      },
    ],
  },
  {
    // A rotation that was cut off and taken back swallowed the next one.
    name: "rotates when asked to, although a run that was cut off has made a key for a wish that was taken back",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { a: "1" } }), did: "created" },
      {
        given: ({ scene }) => loseAnswer(scene),
        up: external({ rotationTriggers: { a: "2" } }),
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [REKEY],
      },
      {
        given: ({ scene }) => scene.rekeyIsOver(),
        up: external({ rotationTriggers: { a: "1" } }),
        did: "updated",
        says: ["an earlier run began to change it", "no rekey: nothing asks for one any more; key"],
        afterwards: ({ scene }) => expectExternal(scene, 2),
      },
      {
        up: external({ rotationTriggers: { a: "3" } }),
        did: "updated",
        writes: [REKEY],
        afterwards: ({ scene }) => expectExternal(scene, 3),
      },
    ],
  },
  {
    name: "takes a young key for one of a run that was cut off on another machine, and says so",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { a: "1" } }), did: "created" },
      {
        given: async ({ scene, run }) => {
          await scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 });
          run.journal = new MachineJournal();
        },
        up: external({ rotationTriggers: { a: "2" } }),
        did: "updated",
        says: ["unless a run that was cut off on another machine has made one", "no rekey: key"],
        afterwards: ({ scene }) => expectExternal(scene, 2),
      },
    ],
  },
  {
    name: "rotates on another machine where the key is older than a run takes",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { a: "1" } }), did: "created" },
      {
        given: async ({ scene, run }) => {
          await scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 });
          run.journal = new MachineJournal();
          run.clock.advance(7 * 3_600_000);
        },
        up: external({ rotationTriggers: { a: "2" } }),
        did: "updated",
        writes: [REKEY],
        afterwards: ({ scene }) => expectExternal(scene, 3),
      },
    ],
  },
  {
    name: "knows on another machine whose wish an incomplete state has carried out",
    stage: "external",
    steps: [
      { up: external({ rotationTriggers: { a: "1" } }), did: "created" },
      {
        given: ({ scene }) => scene.holdRekeys(),
        up: external({ deadlines: { update: 20 }, rotationTriggers: { a: "2" } }),
        failed: ["EKM_REKEY_DEADLINE"],
        incomplete: true,
        writes: [REKEY],
      },
      {
        given: async ({ scene, run }) => {
          run.journal = new MachineJournal();
          run.clock.advance(7 * 3_600_000);
          await scene.letRekeyEnd();
        },
        up: external({ rotationTriggers: { a: "2" } }),
        did: "updated",
        says: ["will look how the rekey ended", "no second rekey: key"],
        afterwards: ({ scene }) => expectExternal(scene, 2),
      },
    ],
  },
  {
    name: "is put back after a destroy that was cut off in its rekey",
    stage: "external",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ scene }) => loseAnswer(scene),
        destroy: true,
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [REKEY],
      },
      {
        given: ({ scene }) => scene.rekeyIsOver(),
        up: external(),
        did: "updated",
        writes: [REKEY],
        afterwards: ({ scene }) => expectExternal(scene, 3),
      },
    ],
  },
]);
