import { UNKNOWN } from "../../../provider/core/unknown";
import { masterKey } from "../../../provider/systems/element/master-key/master-key";
import type { MasterKeyInputs, MasterKeyOutputs } from "../../../provider/systems/element/master-key/resource";
import { cutOff } from "../harness";
import {
  anotherProviderTakesOver,
  encryption,
  expectExternal,
  expectInternal,
  external,
  internal,
  keyID,
  REKEY,
} from "../master-key-scene";
import { lifecycleTable } from "../table";

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
          const [progress] = run.lines.filter(({ severity }) => severity === "progress");
          expect(progress?.message).toContain("rekeying (");
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
    name: "adopts the key of the declared holder, however old, and no other",
    stage: "external",
    steps: [
      { up: internal({ adopt: "match" }), failed: ["EKM_OBJECT_NOT_FOUND", "key provider 1 holds it", "leave adopt"] },
      { up: external({ keyProvider: "2", adopt: "match", takeOver: true }), failed: ["EKM_OBJECT_NOT_FOUND"] },
      {
        given: ({ run }) => run.clock.advance(86_400_000),
        up: external({ adopt: "match", maxAge: "1h" }),
        did: "created",
        outputs: { keyProviderID: 1, complete: true },
        afterwards: ({ scene }) => expectExternal(scene, 1),
      },
      { refresh: true, did: "refreshed", inputs: { adopt: "match" } },
      { up: external({ adopt: "match", maxAge: "1h" }), did: "unchanged" },
      { up: external({ maxAge: "1h" }), did: "unchanged" },
    ],
  },
  {
    name: "adopts the key that a running rekey leaves",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => scene.byHand(REKEY, { keyManagementType: "External", keyProviderID: 1 }),
        up: internal({ adopt: "match" }),
        failed: ["EKM_OBJECT_NOT_FOUND", "key provider 1 holds it"],
        afterwards: ({ scene }) => expectExternal(scene, 1),
      },
      { up: external({ adopt: "match" }), did: "created", outputs: { complete: true } },
    ],
  },
  {
    name: "removes what a run that was cut off has left, once the key is not there any more",
    stage: "attached",
    steps: [
      { up: external(), did: "created", writes: [REKEY] },
      {
        given: async ({ scene, run }) => {
          await cutOff(run, scene);
          await scene.byHand(REKEY, { keyManagementType: "External", keyProviderID: 2 });
        },
        up: external({ takeOver: true, rotationTriggers: { quarter: "2" } }),
        did: "updated",
        writes: [REKEY, "RemoveKeyServerFromProviderKmip", "DeleteKeyServerKmip", "DeleteKeyProviderKmip"],
        afterwards: async ({ scene }) => {
          await expectExternal(scene, 3);
          expect(scene.cluster.state().keyProviders).toHaveLength(1);
        },
      },
    ],
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
        refused: ["keyProvider"],
        because: [
          "EKM_MASTER_KEY_HELD_ELSEWHERE",
          "giving the master key to key provider 1",
          "key provider 2 holds it",
          "takeOver",
        ],
      },
      {
        up: external({ keyProvider: UNKNOWN, keyProviderName: "next" }),
        refused: ["keyProvider"],
        because: ["EKM_MASTER_KEY_HELD_ELSEWHERE", 'giving the master key to key provider "next"'],
      },
      {
        up: internal(),
        refused: ["keyProvider"],
        because: ["EKM_MASTER_KEY_HELD_ELSEWHERE", "giving the master key to internal keys"],
      },
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
    name: "starts no rekey onto a key server that is down, or a provider that has none",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => scene.stopKeyServer(),
        up: external(),
        failed: ["EKM_KEY_SERVER_TEST", "xKmipConnectionFailure"],
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
      {
        destroy: true,
        did: "deleted",
        says: ["is left to key provider 1, as onDelete says"],
        afterwards: ({ scene }) => expectExternal(scene, 1),
      },
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
    name: "is not blamed for an outage of the key server that the cluster still lists when it is over",
    stage: "external",
    steps: [
      { up: external(), did: "created" },
      {
        given: async ({ scene }) => {
          await scene.stopKeyServer();
          const { faults } = await scene.byHand("ListClusterFaults", { faultTypes: "current" });
          expect(faults).toMatchObject([{ code: "kmipServerFault" }]);
          await scene.startKeyServer();
        },
        refresh: true,
        did: "refreshed",
        afterwards: ({ resource }) => expect(resource.state?.outputs.fault).toBeUndefined(),
      },
      { up: external(), did: "unchanged" },
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
      { up: external({ adopt: "1" }), refused: ["adopt"] },
      { up: external({ rotationTriggers: { a: 1 } }), refused: ["rotationTriggers"] },
      {
        up: external({ rotationTriggers: "a" }),
        refused: ["rotationTriggers"],
        afterwards: ({ scene }) => expect(scene.cluster.requests).toEqual([]),
      },
    ],
  },
  {
    name: "that was read from an id is not taken for a new one",
    stage: "external",
    steps: [
      {
        given: ({ scene, run, resource }) => {
          run.clock.advance(100 * 86_400_000);
          const outputs = { cluster: "default", resourceUrn: resource.urn } as unknown as MasterKeyOutputs;
          resource.state = { id: scene.cluster.state().identity.uniqueID, inputs: {} as MasterKeyInputs, outputs };
        },
        refresh: true,
        did: "refreshed",
      },
      { up: external({ maxAge: "90d" }), did: "updated", writes: [REKEY] },
    ],
  },
]);
