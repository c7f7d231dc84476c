import type { Drive } from "../../../provider/systems/element/api/types";
import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import { keyServerConditions } from "./fault-conditions";
import type { MethodGroup } from "./method";

export const driveMethods: MethodGroup<"ListDrives"> = {
  ListDrives: {
    since: "1.0",
    params: {},
    async handle(cluster) {
      await unlockDrives(cluster);
      return { drives: structuredClone(cluster.state.drives) };
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

export function findDrive(cluster: Cluster, driveID: number): Drive {
  const found = cluster.state.drives.find((drive) => drive.driveID === driveID);
  if (!found) throw new ApiError("driveDoesNotExist", `Drive ${driveID} does not exist.`);
  return found;
}
