import { type InputsOf, type OutputsOf, resource, versioned } from "../../../core/resource/description";
import { integer, listOf, time, triggers, truth } from "../../../core/resource/kinds";
import { ofCluster, onCluster } from "../on-cluster";

const driveID = integer(1, Number.MAX_SAFE_INTEGER, "a drive's id: a whole number");

export const driveRecoveryResource = resource({
  token: "element:DriveRecovery",
  doc:
    "The recovery after nodes have booted without the key: drives stayed locked, and are available again now that the key " +
    "server can be reached. Tests the active key providers, adds the named drives in one call, and waits until they are " +
    "active and the faults `kmipServerFault` and `sliceServiceUnhealthy` are gone, which takes some minutes.\n\n" +
    "A recovery is an action: equal arguments never act again, and a destroy does nothing on the cluster. Drives that are active " +
    "already are fine, so that a run that was cut off is finished by the next one. {timeouts} set the time that it may " +
    "take (default half an hour); at the deadline the resource is kept as incomplete, and the next {up} goes on.",
  calls: [
    {
      methods: [
        "AddDrives",
        "ListDrives",
        "ListAsyncResults",
        "GetAsyncResult",
        "ListClusterFaults",
        "ListKeyProvidersKmip",
        "TestKeyProviderKmip",
      ],
    },
  ],
  errors: [
    "EKM_KEY_SERVER_TEST",
    "EKM_DRIVE_NOT_AVAILABLE",
    "EKM_DRIVE_RECOVERY_FAILED",
    "EKM_DRIVE_RECOVERY_DEADLINE",
    "EKM_OBJECT_NOT_FOUND",
  ],
  waits: ["create", "update"],
  insteadOfAdopting: "leave it out: a recovery is an action, and leaves nothing to take over",
  arguments: {
    ...onCluster,
    drives: {
      kind: listOf(driveID, { atLeastOne: "drive's id", unique: { by: (id) => id, noun: "drive" } }),
      doc:
        "Ids of the drives that were locked and are available again, as the cluster's faults name them. No other drive is " +
        "added. On nodes with several metadata drives, name all of a node.",
      output: "Ids of the drives.",
    },
    triggers: {
      kind: triggers,
      optional: true,
      doc: "A changed or added value asks for another recovery of the same drives. Equal values never do.",
      output: "The triggers of the last recovery.",
    },
  },
  outputs: {
    ...ofCluster,
    recoveredTime: {
      kind: time,
      optional: true,
      doc: "When the drives were active and the faults gone, ISO 8601.",
    },
    complete: {
      kind: truth,
      doc: "False until the drives were seen active and the faults gone; the next {up} resumes.",
    },
  },
  internal: {
    ...versioned,
    asyncHandle: {
      kind: integer(),
      optional: true,
      doc: "Handle of the job that adds drives, while it was not seen that they are active and the faults gone.",
    },
  },
});

export type DriveRecoveryInputs = InputsOf<typeof driveRecoveryResource>;
export type DriveRecoveryOutputs = OutputsOf<typeof driveRecoveryResource>;
