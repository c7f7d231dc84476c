import { markedName } from "../../../provider/adapters/pulumi/urn";
import { keyProvider } from "../../../provider/systems/element/key-provider/key-provider";
import type { Scene } from "../stage";
import { lifecycleTable } from "../table";

const MARKED = markedName("urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/element:KeyProvider::main");

const names = ({ cluster }: Scene) => cluster.state().keyProviders.map(({ keyProviderName }) => keyProviderName);
const named = (keyProviderName: string) => async (scene: Scene) =>
  void (await scene.byHand("CreateKeyProviderKmip", { keyProviderName }));
const external = (scene: Scene) => scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 });

lifecycleTable("KeyProvider", keyProvider, [
  {
    name: "is created under a marked name, kept, and deleted",
    steps: [
      {
        up: {},
        did: "created",
        outputs: { keyProviderID: 1, name: MARKED, stateVersion: 1, tlsVerification: "fingerprint256" },
        writes: ["CreateKeyProviderKmip"],
        afterwards: ({ scene }) => expect(names(scene)).toEqual([MARKED]),
      },
      { up: {}, did: "unchanged" },
      { refresh: true, did: "refreshed", inputs: { name: MARKED, autoName: MARKED } },
      { up: {}, did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        writes: ["DeleteKeyProviderKmip"],
        afterwards: ({ scene }) => expect(names(scene)).toEqual([]),
      },
    ],
  },
  {
    name: "finds what it made when the answer to its create was lost",
    steps: [
      {
        given: ({ scene }) =>
          scene.cluster.faults.add({
            method: "CreateKeyProviderKmip",
            when: "after",
            count: 1,
            action: { drop: true },
          }),
        up: {},
        failed: ["EKM_CONNECTION_UNREACHABLE", "CreateKeyProviderKmip", "default"],
        writes: ["CreateKeyProviderKmip"],
      },
      {
        up: {},
        did: "created",
        outputs: { keyProviderID: 1 },
        afterwards: ({ scene }) => expect(names(scene)).toEqual([MARKED]),
      },
    ],
  },
  {
    name: "stops at two objects that bear its mark",
    steps: [
      {
        given: async ({ scene }) => {
          await named(MARKED)(scene);
          await named(MARKED)(scene);
        },
        up: {},
        failed: ["EKM_AMBIGUOUS_OBJECT", "1 and 2", "adopt"],
      },
    ],
  },
  {
    name: "stops at an equal object under an exact name, and names it",
    steps: [
      {
        given: ({ scene }) => named("keys")(scene),
        up: { name: "keys" },
        failed: ["EKM_EQUAL_OBJECT_EXISTS", 'key provider 1 named "keys"', 'adopt to "1"'],
      },
      { up: { name: "keys", adopt: "1" }, did: "created", outputs: { keyProviderID: 1, name: "keys" } },
      { up: { name: "keys" }, did: "unchanged" },
    ],
  },
  {
    name: "adopts the one provider that matches",
    steps: [
      {
        given: async ({ scene }) => {
          await named("others")(scene);
          await named("keys")(scene);
        },
        up: { name: "keys", adopt: "match" },
        did: "created",
        outputs: { keyProviderID: 2, name: "keys" },
      },
    ],
  },
  {
    name: "adopts without a name what is there, and keeps its name",
    steps: [
      {
        given: ({ scene }) => named("keys")(scene),
        up: { adopt: "match" },
        did: "created",
        outputs: { keyProviderID: 1, name: "keys" },
      },
      { refresh: true, did: "refreshed" },
      { up: { adopt: "match" }, did: "unchanged" },
      { up: {}, did: "unchanged" },
    ],
  },
  {
    name: "adopts none of several that match, and none that does not exist",
    steps: [
      {
        given: async ({ scene }) => {
          await named("keys")(scene);
          await named("keys")(scene);
        },
        up: { name: "keys", adopt: "match" },
        failed: ["EKM_AMBIGUOUS_OBJECT", '1 ("keys"), 2 ("keys")'],
      },
      { up: { name: "keys", adopt: "7" }, failed: ["EKM_OBJECT_NOT_FOUND", "there is no key provider 7", "1 ("] },
      { up: { name: "none", adopt: "match" }, failed: ["EKM_OBJECT_NOT_FOUND", "no key provider equals"] },
    ],
  },
  {
    name: "adopts none of another name than the declared one: the next run would replace it",
    steps: [
      {
        given: ({ scene }) => named("keys")(scene),
        up: { name: "others", adopt: "1" },
        failed: ["EKM_OBJECT_NOT_FOUND", 'key provider 1 is named "keys", not "others"', "leave name out"],
      },
      { up: { name: "keys", adopt: "1" }, did: "created", outputs: { keyProviderID: 1 } },
      { up: { name: "others", adopt: "1" }, refused: ["adopt"] },
      {
        up: { name: "others" },
        did: "replaced",
        outputs: { keyProviderID: 2 },
        writes: ["DeleteKeyProviderKmip", "CreateKeyProviderKmip"],
      },
    ],
  },
  {
    name: "is gone when the cluster lists it no more",
    steps: [
      { up: {}, did: "created", writes: ["CreateKeyProviderKmip"] },
      {
        given: ({ scene }) => scene.byHand("DeleteKeyProviderKmip", { keyProviderID: 1 }),
        refresh: true,
        did: "gone",
      },
      { up: {}, did: "created", outputs: { keyProviderID: 2 }, writes: ["CreateKeyProviderKmip"] },
      {
        given: ({ scene }) => scene.byHand("DeleteKeyProviderKmip", { keyProviderID: 2 }),
        destroy: true,
        did: "deleted",
      },
    ],
  },
  {
    name: "is replaced for a new name while it is inactive",
    steps: [
      { up: { name: "one" }, did: "created", writes: ["CreateKeyProviderKmip"] },
      {
        up: { name: "two" },
        did: "replaced",
        outputs: { keyProviderID: 2, name: "two" },
        writes: ["DeleteKeyProviderKmip", "CreateKeyProviderKmip"],
        afterwards: ({ scene }) => expect(names(scene)).toEqual(["two"]),
      },
    ],
  },
  {
    name: "is not renamed and not deleted while it is active",
    stage: "attached",
    steps: [
      { up: { name: "by hand", adopt: "1" }, did: "created" },
      { given: ({ scene }) => external(scene), up: { name: "two", adopt: "1" }, refused: ["name", "adopt"] },
      {
        destroy: true,
        failed: [
          "EKM_PROVIDER_ACTIVE",
          'key provider 1 "by hand"',
          "software encryption at rest uses its key",
          "aliases",
        ],
        afterwards: ({ scene }) => expect(names(scene)).toEqual(["by hand"]),
      },
    ],
  },
  {
    name: "is deleted once the running rekey has let go of it",
    stage: "external",
    steps: [
      { up: { adopt: "1" }, did: "created" },
      {
        given: async ({ scene }) => {
          scene.holdRekeys();
          await scene.byHand("RekeySoftwareEncryptionAtRestMasterKey", { keyManagementType: "Internal" });
          // It ends once it was seen to run, however slow this machine is.
          scene.afterCallOf("GetAsyncResult", async () => {
            scene.cluster.switches.rekeySeconds = 0;
          });
        },
        destroy: true,
        did: "deleted",
        writes: ["DeleteKeyProviderKmip"],
        afterwards: ({ scene, run }) => {
          expect(names(scene)).toEqual([]);
          expect(run.lines).toContainEqual({
            severity: "progress",
            message: expect.stringContaining("waiting for the rekey to let go of key provider 1"),
          });
        },
      },
    ],
  },
  {
    name: "is deleted once hardware encryption has let go of it",
    stage: "attached",
    switches: { hardwareEncryptionSeconds: 0.1 },
    steps: [
      { up: { adopt: "1" }, did: "created" },
      {
        given: async ({ scene }) => {
          await scene.byHand("EnableEncryptionAtRest", { keyProviderID: 1 });
        },
        destroy: true,
        failed: ["EKM_PROVIDER_ACTIVE", "hardware encryption at rest uses its key"],
      },
      {
        given: async ({ scene }) => {
          while (scene.cluster.state().hardwareEncryption.state !== "enabled") await new Promise(setImmediate);
          await scene.byHand("DisableEncryptionAtRest", {});
        },
        destroy: true,
        did: "deleted",
        writes: ["DeleteKeyProviderKmip"],
      },
    ],
  },
  {
    // It waited until its deadline instead: that API does not tell who holds the key, but drives do.
    name: "names hardware encryption as the holder of its key before Element 12.3",
    stage: "encrypted",
    switches: { apiVersion: "12.0" },
    steps: [
      { up: { name: "by hand", adopt: "1" }, did: "created" },
      {
        destroy: true,
        failed: ["EKM_PROVIDER_ACTIVE", "hardware encryption at rest uses its key"],
        afterwards: ({ run }) =>
          expect(run.lines).toEqual([{ severity: "info", message: expect.stringContaining("is taken over") }]),
      },
    ],
  },
  {
    name: "refuses bad input without a call",
    steps: [
      { up: { name: "" }, refused: ["name"] },
      { up: { name: "a\u0007b" }, refused: ["name"] },
      { up: { name: "x".repeat(256) }, refused: ["name"] },
      { up: { name: 5 as unknown as string }, refused: ["name"] },
      { up: { adopt: "first" }, refused: ["adopt"] },
      { up: { adopt: "-1" }, refused: ["adopt"] },
      {
        up: { cluster: "nowhere" },
        refused: ["cluster"],
        afterwards: ({ scene }) => expect(scene.cluster.requests).toEqual([]),
      },
    ],
  },
]);
