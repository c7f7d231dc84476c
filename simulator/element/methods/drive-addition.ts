import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import type { DriveAddition } from "../cluster/state";
import { beginAsyncResult, updateAsyncResult } from "./async-results";
import { findDrive, unlockDrives } from "./drives";
import type { MethodGroup } from "./method";
import { integer, listOf, objectOf, oneOf, optional, required } from "./parameters";

export const driveAdditionMethods: MethodGroup<"AddDrives"> = {
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
      for (const { driveID } of drives) assertAddable(cluster, driveID);
      const { asyncHandle } = beginAsyncResult(cluster, "DriveAdd");
      const addition: DriveAddition = { asyncHandle, startedAt: cluster.now().toISOString(), drives };
      cluster.state.driveAdditions = [...additions(cluster), addition];
      await cluster.save();
      if (dueIn(cluster, addition) <= 0) await finish(cluster, addition);
      else cluster.jobs.start(() => run(cluster, addition));
      return { asyncHandle };
    },
  },
};

/** Goes on with the work of a cluster that was killed. */
export async function resumeDriveAdditions(cluster: Cluster): Promise<void> {
  for (const addition of additions(cluster)) await run(cluster, addition);
}

async function run(cluster: Cluster, addition: DriveAddition): Promise<void> {
  await cluster.jobs.waitUntilDue(() => dueIn(cluster, addition));
  if (additions(cluster).includes(addition)) await finish(cluster, addition);
}

async function finish(cluster: Cluster, addition: DriveAddition): Promise<void> {
  for (const { driveID, type } of addition.drives) {
    const drive = findDrive(cluster, driveID);
    drive.status = "active";
    if (type) drive.type = type === "slice" ? "volume" : type;
  }
  const recovered = cluster.now().getTime() + cluster.switches.driveRecoverySeconds * 1000;
  cluster.state.drivesHealthyAt = new Date(recovered).toISOString();
  updateAsyncResult(cluster, addition.asyncHandle, { status: "complete", result: {} });
  cluster.state.driveAdditions = additions(cluster).filter((other) => other !== addition);
  await cluster.save();
}

function additions(cluster: Cluster): DriveAddition[] {
  return cluster.state.driveAdditions ?? [];
}

function dueIn(cluster: Cluster, { startedAt }: DriveAddition): number {
  return Date.parse(startedAt) + cluster.switches.addDrivesSeconds * 1000 - cluster.now().getTime();
}

function assertAddable(cluster: Cluster, driveID: number): void {
  const { status } = findDrive(cluster, driveID);
  const isBeingAdded = additions(cluster).some(({ drives }) => drives.some((drive) => drive.driveID === driveID));
  if (isBeingAdded) throw new ApiError("invalidParameter", `Drive ${driveID} is being added already`);
  if (status !== "available") throw new ApiError("invalidParameter", `Drive ${driveID} is ${status}, not available`);
}
