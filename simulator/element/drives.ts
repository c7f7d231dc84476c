import type { Drive } from "../../provider/element/api/types";
import { beginAsyncResult, updateAsyncResult } from "./async-results";
import type { Cluster } from "./cluster";
import { ApiError } from "./errors";
import { keyServerConditions } from "./fault-conditions";
import type { MethodGroup } from "./methods";
import { integer, listOf, objectOf, oneOf, optional, required } from "./parameters";

export const driveMethods: MethodGroup<"ListDrives" | "AddDrives"> = {
  ListDrives: {
    since: "1.0",
    params: {},
    async handle(cluster) {
      await unlockDrives(cluster);
      return { drives: structuredClone(cluster.state.drives) };
    },
  },

  /** The job is done when rebalancing has begun; the cluster is healthy only some minutes later. */
  AddDrives: {
    since: "1.0",
    params: {
      drives: required(
        listOf(
          objectOf<{ driveID: number; type?: "slice" | "block" | "volume" }>({
            driveID: required(integer),
            type: optional(oneOf("slice", "block", "volume")),
          }),
        ),
      ),
    },
    async handle(cluster, { drives }) {
      await unlockDrives(cluster);
      for (const added of drives.map(({ driveID }) => findDrive(cluster, driveID))) {
        if (added.status !== "available") {
          throw new ApiError("invalidParameter", `Drive ${added.driveID} is ${added.status}, not available`);
        }
      }
      for (const { driveID, type } of drives) {
        const drive = findDrive(cluster, driveID);
        drive.status = "active";
        if (type) drive.type = type === "slice" ? "volume" : type;
      }
      const recovered = cluster.now().getTime() + cluster.switches.driveRecoverySeconds * 1000;
      cluster.state.drivesHealthyAt = new Date(recovered).toISOString();
      const { asyncHandle } = beginAsyncResult(cluster, "DriveAdd");
      updateAsyncResult(cluster, asyncHandle, { status: "complete", result: {} });
      await cluster.save();
      return { asyncHandle };
    },
  },
};

/** Four nodes with a metadata drive and a block drive each. */
export function newDrives(): Drive[] {
  return [1, 2, 3, 4].flatMap((nodeID) =>
    (["volume", "block"] as const).map((type, slot): Drive => {
      const driveID = (nodeID - 1) * 2 + slot + 1;
      return {
        driveID,
        nodeID,
        status: "active",
        type,
        serial: `SIM${String(driveID).padStart(6, "0")}`,
        slot,
        chassisSlot: String(nodeID),
        capacity: 480_103_981_056,
        usableCapacity: 478_032_986_112,
        segmentFileSize: 0,
        driveFailureDetail: "none",
        driveSecurityFaultReason: "none",
        keyID: null,
        keyProviderID: null,
        attributes: {},
      };
    }),
  );
}

/** Reboot without the key: the metadata drives stay locked and fail. */
export function failLockedDrives(cluster: Cluster): void {
  for (const drive of cluster.state.drives.filter(({ type }) => type === "volume")) {
    drive.status = "failed";
    drive.driveFailureDetail = "locked";
  }
}

/** With the key back, locked drives can be added again; the cluster does not do that by itself. */
export async function unlockDrives(cluster: Cluster): Promise<void> {
  if (!cluster.state.drives.some(isLocked) || (await keyServerConditions(cluster)).length > 0) return;
  for (const drive of cluster.state.drives.filter(isLocked)) {
    drive.status = "available";
    drive.driveFailureDetail = "none";
  }
  await cluster.save();
}

function isLocked({ driveFailureDetail }: Drive): boolean {
  return driveFailureDetail === "locked";
}

function findDrive(cluster: Cluster, driveID: number): Drive {
  const found = cluster.state.drives.find((drive) => drive.driveID === driveID);
  if (!found) throw new ApiError("driveDoesNotExist", `Drive ${driveID} does not exist.`);
  return found;
}
