import { hardwareEncryption } from "../../../provider/systems/element/hardware-encryption/hardware-encryption";
import { DISABLE, declared, ENABLE, expectHeldBy, expectOff, external, hardware } from "../hardware-encryption-scene";
import { lifecycleTable } from "../table";

const UI = "enableHardwareEncryptionInternally";

lifecycleTable("HardwareEncryption", hardwareEncryption, [
  {
    name: "is enabled with the provider, stays with equal inputs, and goes back to internal keys",
    stage: "attached",
    steps: [
      {
        up: external(),
        did: "created",
        outputs: { encryptionAtRestState: "enabled", keyProviderID: 1, recordedKeyProviderID: 1, complete: true },
        writes: [ENABLE],
        afterwards: ({ scene, resource }) => {
          expectHeldBy(scene, 1);
          expect(resource.state?.id).toBe(scene.cluster.state().identity.uniqueID);
          expect(resource.state?.outputs.keyID).toBe(hardware(scene).key?.keyID);
        },
      },
      { up: external(), did: "unchanged" },
      { refresh: true, did: "refreshed", inputs: { keyProvider: "1", encryptionAtRestState: "enabled" } },
      { up: external(), did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        writes: [DISABLE, ENABLE],
        afterwards: ({ scene }) => expectHeldBy(scene, "internal"),
      },
    ],
  },
  {
    name: "is enabled with internal keys, and left so",
    steps: [
      {
        up: declared(),
        did: "created",
        outputs: { keyManagementType: "internal" },
        writes: [ENABLE],
        afterwards: ({ scene, resource }) => {
          expectHeldBy(scene, "internal");
          expect(resource.state?.outputs).not.toHaveProperty("keyProviderID");
        },
      },
      { up: declared(), did: "unchanged" },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expectHeldBy(scene, "internal") },
    ],
  },
  {
    name: "is taken over as it is where the wanted provider holds its key already",
    stage: "encrypted",
    steps: [{ up: external(), did: "created", outputs: { keyProviderID: 1, complete: true } }],
  },
  {
    name: "is adopted as it is, and not made otherwise",
    stage: "encrypted",
    steps: [
      { up: declared({ adopt: "match" }), failed: ["EKM_OBJECT_NOT_FOUND", "key provider 1 holds its key"] },
      { up: external({ adopt: "match" }), did: "created", outputs: { keyProviderID: 1 } },
      { refresh: true, did: "refreshed", inputs: { adopt: "match" } },
      { up: external(), did: "unchanged" },
    ],
  },
  {
    name: "is not adopted where it is off",
    steps: [{ up: declared({ adopt: "match" }), failed: ["EKM_OBJECT_NOT_FOUND", "it is disabled"] }],
  },
  {
    name: "moves from internal keys to the provider, to another provider and back, disabled first",
    stage: "attached",
    steps: [
      { up: declared(), did: "created", writes: [ENABLE] },
      {
        up: external(),
        did: "updated",
        outputs: { keyProviderID: 1, recordedKeyProviderID: 1 },
        writes: [DISABLE, ENABLE],
        afterwards: ({ scene, run }) => {
          expectHeldBy(scene, 1);
          const told = expect.stringContaining("from internal keys to key provider 1");
          expect(run.lines).toContainEqual({ severity: "info", message: told });
        },
      },
      {
        given: ({ scene }) => scene.addProvider(),
        up: external({ keyProvider: "2" }),
        did: "updated",
        writes: [DISABLE, ENABLE],
        afterwards: ({ scene }) => expectHeldBy(scene, 2),
      },
      {
        up: declared(),
        did: "updated",
        writes: [DISABLE, ENABLE],
        afterwards: ({ scene }) => expectHeldBy(scene, "internal"),
      },
    ],
  },
  {
    name: "takes the key from another provider only when told to",
    stage: "encrypted",
    steps: [
      {
        given: ({ scene }) => scene.addProvider(),
        up: external({ keyProvider: "2" }),
        refused: ["keyProvider"],
        because: [
          "EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE",
          "giving the key of hardware encryption to key provider 2",
          "key provider 1 holds it",
          "takeOver",
        ],
      },
      {
        up: declared(),
        refused: ["keyProvider"],
        because: ["EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE", "to internal keys"],
      },
      {
        up: external({ keyProvider: "2", takeOver: true }),
        did: "created",
        writes: [DISABLE, ENABLE],
        afterwards: ({ scene }) => expectHeldBy(scene, 2),
      },
    ],
  },
  {
    name: "shows the button of the cluster's interface as another keyProvider, and takes the key back",
    stage: "encrypted",
    steps: [
      { up: external(), did: "created" },
      {
        given: async ({ scene }) => {
          await scene.somebody(UI);
          await scene.encryptionIsSettled();
        },
        refresh: true,
        did: "refreshed",
        outputs: { keyManagementType: "internal", recordedKeyProviderID: 1, encryptionAtRestState: "enabled" },
        afterwards: ({ resource }) => expect(resource.state?.inputs).not.toHaveProperty("keyProvider"),
      },
      {
        up: external(),
        did: "updated",
        outputs: { keyProviderID: 1 },
        writes: [DISABLE, ENABLE],
        afterwards: ({ scene }) => expectHeldBy(scene, 1),
      },
    ],
  },
  {
    name: "shows that it was switched off, and is enabled again, unless that change is to be ignored",
    stage: "encrypted",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ scene }) => scene.switchByHand(DISABLE, {}),
        refresh: true,
        did: "refreshed",
        inputs: { encryptionAtRestState: "disabled" },
      },
      // What ignoreChanges makes of the inputs.
      { up: external({ encryptionAtRestState: "disabled" }), did: "updated" },
      { up: external({ encryptionAtRestState: "disabled" }), did: "unchanged" },
      { up: external(), did: "updated", writes: [ENABLE], afterwards: ({ scene }) => expectHeldBy(scene, 1) },
    ],
  },
  {
    name: "is switched off by onDelete disable",
    stage: "encrypted",
    steps: [
      { up: external({ onDelete: "disable" }), did: "created" },
      { destroy: true, did: "deleted", writes: [DISABLE], afterwards: ({ scene }) => expectOff(scene) },
    ],
  },
  {
    name: "is left as it is by onDelete keep",
    stage: "encrypted",
    steps: [
      { up: external({ onDelete: "keep" }), did: "created" },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expectHeldBy(scene, 1) },
    ],
  },
  {
    name: "is left to another provider that holds its key by now",
    stage: "encrypted",
    steps: [
      { up: external({ onDelete: "disable" }), did: "created" },
      {
        given: async ({ scene }) => {
          await scene.addProvider();
          await scene.switchByHand(DISABLE, {});
          await scene.switchByHand(ENABLE, { keyProviderID: 2 });
        },
        destroy: true,
        did: "deleted",
        afterwards: ({ scene, run }) => {
          expectHeldBy(scene, 2);
          const told = expect.stringContaining("key provider 2 holds the key");
          expect(run.lines.at(-1)).toEqual({ severity: "warn", message: told });
        },
      },
    ],
  },
  {
    name: "stays on the cluster when another resource of the program declares it",
    stage: "encrypted",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ run }) => run.declarations.declare("hardware encryption:default", "urn:of:another"),
        destroy: true,
        did: "deleted",
        afterwards: ({ scene }) => expectHeldBy(scene, 1),
      },
    ],
  },
  {
    name: "refuses to be replaced",
    stage: "encrypted",
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ run, resource }) => run.declarations.declare("hardware encryption:default", resource.urn),
        destroy: true,
        failed: ["EKM_REPLACEMENT_REFUSED", "Declare another key provider"],
      },
    ],
  },
  {
    name: "does not exist with a node that cannot encrypt",
    switches: { hardwareEncryption: "nonEncryptableNode", errorNames: { nonEncryptableNode: "xAnyName" } },
    steps: [
      {
        up: declared(),
        failed: ["EKM_HARDWARE_ENCRYPTION_UNSUPPORTED", "xAnyName", "non-encryptable node", "-NE", "MasterKey"],
        writes: [ENABLE],
      },
    ],
  },
  {
    name: "does not exist on a demo cluster",
    switches: { hardwareEncryption: "demo" },
    steps: [
      {
        up: declared(),
        failed: ["EKM_HARDWARE_ENCRYPTION_UNSUPPORTED", "xAPINotPermitted", "Demo VMs"],
        writes: [ENABLE],
      },
    ],
  },
  {
    name: "is not disabled where it could not be enabled again: on an unhealthy cluster",
    stage: "attached",
    switches: { faultCacheSeconds: 0, toggleWhileUnhealthy: "allow" },
    steps: [
      { up: declared(), did: "created", writes: [ENABLE] },
      {
        given: ({ scene }) => scene.somebody("bootWithoutKey"),
        up: external(),
        failed: ["EKM_CLUSTER_UNHEALTHY", "sliceServiceUnhealthy"],
      },
      { destroy: true, did: "deleted" },
    ],
  },
  {
    name: "is not disabled where it could not be enabled again: with a provider that does not work",
    stage: "attached",
    steps: [
      { up: declared(), did: "created", writes: [ENABLE] },
      {
        given: ({ scene }) => scene.byHand("CreateKeyProviderKmip", { keyProviderName: "empty" }),
        up: external({ keyProvider: "2" }),
        failed: ["EKM_OBJECT_NOT_FOUND", "no key server is attached", "element.KeyServerAttachment"],
      },
      { up: external({ keyProvider: "9" }), failed: ["EKM_OBJECT_NOT_FOUND", "there is no such key provider"] },
      {
        given: ({ scene }) => scene.stopKeyServer(),
        up: external(),
        failed: ["EKM_KEY_SERVER_TEST", "xKmipConnectionFailure"],
        afterwards: ({ scene }) => expectHeldBy(scene, "internal"),
      },
    ],
  },
  {
    name: "comes back from a key server that is gone",
    stage: "encrypted",
    switches: { faultCacheSeconds: 0 },
    steps: [
      { up: external(), did: "created" },
      {
        given: ({ scene }) => scene.stopKeyServer(),
        up: declared(),
        did: "updated",
        outputs: { keyManagementType: "internal" },
        writes: [DISABLE, ENABLE],
        afterwards: ({ scene }) => {
          expect(hardware(scene)).toMatchObject({ state: "enabled", key: { keyManagementType: "internal" } });
          expect(scene.cluster.state().faults).toMatchObject([{ code: "kmipServerFault" }]);
        },
      },
    ],
  },
  {
    name: "is observed by the drives where the API does not tell it",
    stage: "attached",
    switches: { apiVersion: "12.0" },
    steps: [
      { up: external(), did: "created", outputs: { keyProviderID: 1 }, writes: [ENABLE] },
      {
        given: async ({ scene }) => {
          await scene.somebody(UI);
          await scene.encryptionIsSettled();
        },
        refresh: true,
        did: "refreshed",
        outputs: { keyManagementType: "internal" },
        afterwards: ({ scene }) => expect(scene.cluster.calls("GetEncryptionAtRestInfo")).toEqual([]),
      },
      { up: external(), did: "updated", writes: [DISABLE, ENABLE], afterwards: ({ scene }) => expectHeldBy(scene, 1) },
    ],
  },
  {
    name: "refuses bad input without a call",
    steps: [
      { up: external({ keyProvider: 1 }), refused: ["keyProvider"] },
      { up: declared({ onDelete: "destroy" }), refused: ["onDelete"] },
      { up: declared({ takeOver: "yes" }), refused: ["takeOver"] },
      { up: declared({ adopt: "1" }), refused: ["adopt"] },
      {
        up: declared({ encryptionAtRestState: "on" }),
        refused: ["encryptionAtRestState"],
        afterwards: ({ scene }) => expect(scene.cluster.requests).toEqual([]),
      },
    ],
  },
]);
