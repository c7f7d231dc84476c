import { hardwareEncryption } from "../../../provider/systems/element/hardware-encryption/hardware-encryption";
import { DISABLE, declared, ENABLE, expectHeldBy, external, goBack, hold, letEnd } from "../hardware-encryption-scene";
import type { Scene } from "../stage";
import { lifecycleTable } from "../table";

const ALREADY = (state: string) => `waiting for hardware encryption, which is ${state} already`;

/** Somebody has begun a change that ends when this side has looked at it. */
async function leftBehind(scene: Scene, method: typeof ENABLE | typeof DISABLE, params: object): Promise<void> {
  hold(scene);
  await scene.byHand(method, params);
  const looks = () => scene.cluster.calls("GetEncryptionAtRestInfo").length;
  const enough = looks() + 3;
  scene.when(
    () => looks() >= enough,
    () => letEnd(scene),
  );
}

lifecycleTable("HardwareEncryption", hardwareEncryption, [
  {
    name: "is not enabled twice when the answer to its create was lost",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => scene.loseAnswer(ENABLE),
        up: external(),
        failed: ["EKM_CONNECTION_UNREACHABLE", ENABLE],
        writes: [ENABLE],
      },
      { up: external(), did: "created", afterwards: ({ scene }) => expectHeldBy(scene, 1) },
    ],
  },
  {
    name: "goes on with a change of hands that was cut off after the first half, and after the second",
    stage: "attached",
    steps: [
      { up: declared(), did: "created", writes: [ENABLE] },
      {
        given: ({ scene }) => scene.loseAnswer(DISABLE),
        up: external(),
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [DISABLE],
      },
      {
        given: async ({ scene }) => {
          await scene.encryptionIsSettled();
          scene.loseAnswer(ENABLE);
        },
        up: external(),
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [ENABLE],
      },
      { up: external(), did: "updated", afterwards: ({ scene }) => expectHeldBy(scene, 1) },
    ],
  },
  {
    name: "goes on with a change of hands that was cut off in the middle and refreshed before the next",
    stage: "attached",
    steps: [
      { up: declared(), did: "created", writes: [ENABLE] },
      {
        given: ({ scene }) => scene.loseAnswer(DISABLE),
        up: external(),
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [DISABLE],
      },
      {
        given: ({ scene }) => scene.encryptionIsSettled(),
        refresh: true,
        did: "refreshed",
        outputs: { encryptionAtRestState: "disabled" },
      },
      { up: external(), did: "updated", writes: [ENABLE], afterwards: ({ scene }) => expectHeldBy(scene, 1) },
    ],
  },
  {
    name: "waits for what somebody else has begun, and finds it done",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => leftBehind(scene, ENABLE, { keyProviderID: 1 }),
        up: external(),
        did: "created",
        afterwards: ({ scene, run }) => {
          expectHeldBy(scene, 1);
          expect(run.lines.slice(1, 3)).toEqual([
            { severity: "info", message: ALREADY("enabling") },
            { severity: "progress", message: "enabling hardware encryption (0s)" },
          ]);
        },
      },
    ],
  },
  {
    // What held the key before was taken for its own: the next run took it away.
    name: "waits for what somebody else has begun, and leaves the key to the provider that has got it",
    stage: "attached",
    steps: [
      {
        given: async ({ scene }) => {
          await scene.addProvider();
          await leftBehind(scene, ENABLE, { keyProviderID: 2 });
        },
        up: external(),
        failed: ["EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE", "key provider 2 holds it"],
        incomplete: true,
      },
      { up: external(), failed: ["EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE"] },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expectHeldBy(scene, 2) },
    ],
  },
  {
    name: "waits for what somebody else has begun, and then does what is wanted",
    stage: "encrypted",
    steps: [
      { up: external(), did: "created" },
      {
        given: async ({ scene }) => {
          hold(scene);
          await scene.byHand(DISABLE, {});
        },
        refresh: true,
        did: "refreshed",
        inputs: { encryptionAtRestState: "disabling", keyProvider: "1" },
        afterwards: ({ scene }) => letEnd(scene),
      },
      {
        given: async ({ scene }) => {
          await scene.switchByHand(ENABLE, {});
          await leftBehind(scene, DISABLE, {});
        },
        up: external(),
        did: "updated",
        writes: [ENABLE],
        afterwards: ({ scene, run }) => {
          expectHeldBy(scene, 1);
          expect(run.lines).toContainEqual({ severity: "info", message: ALREADY("disabling") });
        },
      },
    ],
  },
  {
    name: "does not disable what somebody else has brought to the wanted holder while it tries the key server",
    stage: "attached",
    steps: [
      { up: declared(), did: "created", writes: [ENABLE] },
      {
        given: ({ scene }) =>
          scene.afterCallOf("TestKeyProviderKmip", async () => {
            await scene.switchByHand(DISABLE, {});
            await scene.switchByHand(ENABLE, { keyProviderID: 1 });
          }),
        up: external(),
        did: "updated",
        // Both by hand.
        writes: [DISABLE, ENABLE],
        afterwards: ({ scene }) => expectHeldBy(scene, 1),
      },
    ],
  },
  {
    name: "joins what somebody else begins between its last look and its own call, which the cluster refuses",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => {
          const begunByHand = async () => {
            hold(scene);
            await scene.byHand(ENABLE, { keyProviderID: 1 });
            scene.when(
              () => scene.cluster.calls(ENABLE).length === 2,
              () => letEnd(scene),
            );
          };
          scene.afterCallOf("TestKeyProviderKmip", async () =>
            scene.afterCallOf("GetEncryptionAtRestInfo", begunByHand),
          );
        },
        up: external(),
        did: "created",
        // The first by hand.
        writes: [ENABLE, ENABLE],
        afterwards: ({ scene, run }) => {
          expectHeldBy(scene, 1);
          expect(scene.kmip.objects()).toHaveLength(1);
          expect(run.lines).toContainEqual({ severity: "info", message: ALREADY("enabling") });
        },
      },
    ],
  },
  {
    name: "leaves an incomplete resource at its deadline, and the next run resumes without a second call",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => hold(scene),
        up: external({ deadlines: { create: 30 } }),
        failed: ["EKM_HARDWARE_ENCRYPTION_DEADLINE", "enabling", "still runs after 30 seconds", "pulumi up"],
        incomplete: true,
        outputs: { complete: false, encryptionAtRestState: "enabling" },
        writes: [ENABLE],
        afterwards: ({ resource }) => expect(resource.state?.outputs).not.toHaveProperty("recordedKeyProviderID"),
      },
      { refresh: true, did: "refreshed", outputs: { complete: false } },
      {
        given: ({ scene }) => letEnd(scene),
        up: external(),
        did: "updated",
        outputs: { complete: true, keyProviderID: 1, recordedKeyProviderID: 1 },
        afterwards: ({ scene }) => expectHeldBy(scene, 1),
      },
      { up: external(), did: "unchanged" },
    ],
  },
  {
    name: "keeps its record when the deadline is reached between two providers",
    stage: "encrypted",
    steps: [
      { up: external(), did: "created" },
      {
        given: async ({ scene }) => {
          await scene.addProvider();
          hold(scene);
        },
        up: external({ keyProvider: "2", deadlines: { update: 20 } }),
        failed: ["EKM_HARDWARE_ENCRYPTION_DEADLINE", "disabling"],
        incomplete: true,
        outputs: { complete: false, encryptionAtRestState: "disabling", recordedKeyProviderID: 1 },
        writes: [DISABLE],
      },
      {
        given: ({ scene }) => letEnd(scene),
        up: external({ keyProvider: "2" }),
        did: "updated",
        outputs: { complete: true, recordedKeyProviderID: 2 },
        writes: [ENABLE],
        afterwards: ({ scene }) => expectHeldBy(scene, 2),
      },
    ],
  },
  {
    name: "says that the cluster went back, and tries again in the next run only",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => goBack(scene),
        up: external(),
        failed: ["EKM_HARDWARE_ENCRYPTION_FAILED", "hardware encryption was disabled"],
        incomplete: true,
        outputs: { complete: false, encryptionAtRestState: "disabled" },
        writes: [ENABLE],
      },
      {
        given: ({ scene }) => letEnd(scene),
        up: external(),
        did: "updated",
        outputs: { complete: true },
        writes: [ENABLE],
      },
    ],
  },
  {
    name: "is brought back to internal keys by a destroy that was cut off after each half",
    stage: "encrypted",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ scene }) => scene.loseAnswer(DISABLE),
        destroy: true,
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [DISABLE],
      },
      {
        given: async ({ scene }) => {
          await scene.encryptionIsSettled();
          scene.loseAnswer(ENABLE);
        },
        destroy: true,
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [ENABLE],
      },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expectHeldBy(scene, "internal") },
    ],
  },
]);
