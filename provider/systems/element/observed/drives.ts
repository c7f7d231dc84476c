import { ObjectNotFoundError } from "../../../core/object-errors";
import type { Cluster } from "../api/cluster";
import type { Drive } from "../api/types";
import { DriveNotAvailableError } from "../errors";

export async function listDrives(cluster: Cluster): Promise<Drive[]> {
  return (await cluster.call("ListDrives", {})).drives;
}

const describe = ({ driveID, status, driveFailureDetail: detail }: Drive): string =>
  `${driveID} (${status === "failed" && detail ? `failed: ${detail}` : status})`;

/** Drives in words, such as `3 (available), 4 (failed: locked)`. */
export const describeDrives = (drives: Drive[]): string => drives.map(describe).join(", ");

/**
 * Ids of the named drives that are not active yet: all of them can be added.
 *
 * @throws ObjectNotFoundError, DriveNotAvailableError
 */
export async function drivesToAdd(cluster: Cluster, driveIDs: readonly number[], attempt: string): Promise<number[]> {
  const drives = await listDrives(cluster);
  const named = driveIDs.map((driveID) => {
    const drive = drives.find((other) => other.driveID === driveID);
    if (drive !== undefined) return drive;
    throw new ObjectNotFoundError({
      attempt,
      place: cluster.place,
      reason: `there is no drive ${driveID}`,
      wayOut: `name drives that are not active: ${describeDrives(drives.filter(isInactive)) || "there is none"}`,
    });
  });
  const stuck = named.filter(({ status }) => status !== "active" && status !== "available");
  if (stuck.length > 0) {
    throw new DriveNotAvailableError({
      attempt,
      place: cluster.place,
      reason: `not available: drives ${describeDrives(stuck)}`,
      wayOut:
        "a locked drive becomes available with its key: see the fault's recovery text and run again; leave out drives that are broken or about to be removed",
    });
  }
  return named.filter(isInactive).map(({ driveID }) => driveID);
}

export const isInactive = ({ status }: Drive): boolean => status !== "active";
