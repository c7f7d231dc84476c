import { driveRecovery } from "../../../provider/systems/element/drive-recovery/drive-recovery";
import { hardwareEncryption } from "../../../provider/systems/element/hardware-encryption/hardware-encryption";
import type { Provocations } from "../../kit/provocation";
import { bootWithoutKey, failAddition, LOCKED, quick } from "../drive-recovery-scene";
import { declared, external, goBack, hold } from "../hardware-encryption-scene";
import { onResource } from "./on-resource";

const KIND = "HardwareEncryption";

export const hardware: Provocations = {
  EKM_HARDWARE_ENCRYPTION_UNSUPPORTED: onResource(
    KIND,
    hardwareEncryption,
    "bare",
    ({ resource }) => resource.up(declared()),
    { hardwareEncryption: "nonEncryptableNode" },
  ),

  EKM_HARDWARE_ENCRYPTION_HELD_ELSEWHERE: onResource(
    KIND,
    hardwareEncryption,
    "encrypted",
    async ({ resource, scene }) => {
      await scene.addProvider();
      return resource.up(external({ keyProvider: "2" }));
    },
  ),

  EKM_HARDWARE_ENCRYPTION_FAILED: onResource(KIND, hardwareEncryption, "attached", ({ resource, scene }) => {
    goBack(scene);
    return resource.up(external());
  }),

  EKM_HARDWARE_ENCRYPTION_DEADLINE: onResource(KIND, hardwareEncryption, "attached", ({ resource, scene }) => {
    hold(scene);
    return resource.up(external());
  }),

  EKM_CLUSTER_UNHEALTHY: onResource(
    KIND,
    hardwareEncryption,
    "attached",
    async ({ resource, scene }) => {
      await scene.somebody("bootWithoutKey");
      return resource.up(external());
    },
    quick,
  ),
};

export const drives: Provocations = {
  EKM_DRIVE_NOT_AVAILABLE: onResource("DriveRecovery", driveRecovery, "bare", async ({ resource, scene }) => {
    await scene.cluster.mutate(({ drives: [, second] }) =>
      Object.assign(second ?? {}, { status: "failed", driveFailureDetail: "worn" }),
    );
    return resource.up({ drives: [1, 2] });
  }),

  EKM_DRIVE_RECOVERY_FAILED: onResource(
    "DriveRecovery",
    driveRecovery,
    "external",
    async ({ resource, scene }) => {
      await bootWithoutKey(scene);
      failAddition(scene, { name: "xDriveIDDoesNotExist", message: "DriveID 3 does not exist." });
      return resource.up({ drives: LOCKED });
    },
    { ...quick, addDrivesSeconds: 3600 },
  ),

  EKM_DRIVE_RECOVERY_DEADLINE: onResource(
    "DriveRecovery",
    driveRecovery,
    "external",
    async ({ resource, scene }) => {
      await bootWithoutKey(scene);
      return resource.up({ drives: [1, 3] });
    },
    quick,
  ),
};
