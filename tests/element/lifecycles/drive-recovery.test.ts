import { driveRecovery } from "../../../provider/systems/element/drive-recovery/drive-recovery";
import type {
  DriveRecoveryInputs,
  DriveRecoveryOutputs,
} from "../../../provider/systems/element/drive-recovery/resource";
import { bootWithoutKey, failAddition, LOCKED, quick } from "../drive-recovery-scene";
import type { Scene } from "../stage";
import { lifecycleTable, type Row } from "../table";

const ADD = "AddDrives";
const drives = (...ids: number[]) => ids.map((driveID) => ({ driveID }));

const statuses = ({ cluster }: Scene) => new Set(cluster.state().drives.map(({ status }) => status));

const added = ({ cluster }: Scene) => cluster.calls(ADD).map(({ params }) => params.drives);

function expectHealthy(scene: Scene): void {
  expect(statuses(scene)).toEqual(new Set(["active"]));
  expect(scene.cluster.state().faults.filter(({ resolved }) => !resolved)).toEqual([]);
}

/** The cluster recovers when its faults have been looked at. */
function recoverOnceSeen(scene: Scene): void {
  const { cluster } = scene;
  cluster.switches.driveRecoverySeconds = 3600;
  scene.when(
    () => cluster.calls("ListClusterFaults").length >= 2,
    async () => {
      cluster.switches.driveRecoverySeconds = 0;
      await cluster.mutate((state) => {
        state.drivesHealthyAt = new Date().toISOString();
      });
    },
  );
}

const rows: Row<DriveRecoveryInputs, DriveRecoveryOutputs>[] = [
  {
    name: "adds the named drives in one call, waits for the cluster's health, and never acts again",
    stage: "external",
    switches: quick,
    steps: [
      {
        given: async ({ scene }) => {
          await bootWithoutKey(scene);
          recoverOnceSeen(scene);
        },
        up: { drives: LOCKED },
        did: "created",
        outputs: { complete: true, recoveredTime: expect.any(String) },
        writes: [ADD],
        afterwards: ({ scene, resource, run }) => {
          expectHealthy(scene);
          expect(added(scene)).toEqual([drives(...LOCKED)]);
          expect(resource.state?.outputs).not.toHaveProperty("asyncHandle");
          const told = expect.stringMatching(/^waiting for the cluster to be healthy \(\d+s\) sliceServiceUnhealthy/);
          expect(run.lines).toContainEqual({ severity: "progress", message: told });
        },
      },
      { up: { drives: LOCKED.toReversed() }, did: "unchanged" },
      { refresh: true, did: "refreshed", inputs: { drives: LOCKED } },
      { given: ({ scene }) => bootWithoutKey(scene), up: { drives: LOCKED }, did: "unchanged" },
      {
        up: { drives: LOCKED, triggers: { boot: "2" } },
        did: "updated",
        writes: [ADD],
        afterwards: ({ scene }) => expectHealthy(scene),
      },
      { up: { drives: LOCKED }, did: "updated" },
      { up: { drives: LOCKED }, did: "unchanged" },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expectHealthy(scene) },
    ],
  },
  {
    name: "leaves other drives alone, names them at its deadline, and adds them when they are named",
    stage: "external",
    switches: quick,
    steps: [
      {
        given: ({ scene }) => bootWithoutKey(scene),
        up: { drives: [1, 3], deadlines: { create: 60 } },
        failed: [
          "EKM_DRIVE_RECOVERY_DEADLINE",
          "after 60 seconds: sliceServiceUnhealthy",
          "5 (available), 7 (available)",
        ],
        incomplete: true,
        outputs: { complete: false, asyncHandle: 2 },
        writes: [ADD],
      },
      {
        up: { drives: LOCKED },
        did: "updated",
        outputs: { complete: true },
        writes: [ADD],
        afterwards: ({ scene }) => {
          expectHealthy(scene);
          expect(added(scene)).toEqual([drives(1, 3), drives(5, 7)]);
        },
      },
    ],
  },
  {
    name: "adds nothing while a key server of an active provider cannot be used",
    stage: "external",
    switches: quick,
    steps: [
      {
        given: async ({ scene }) => {
          await bootWithoutKey(scene);
          await scene.stopKeyServer();
        },
        up: { drives: LOCKED },
        failed: ["EKM_KEY_SERVER_TEST", "testing key provider 1"],
      },
    ],
  },
  {
    name: "adds nothing where a named drive does not exist or is not available",
    switches: quick,
    steps: [
      { up: { drives: [1, 9] }, failed: ["EKM_OBJECT_NOT_FOUND", "there is no drive 9", "there is none"] },
      {
        given: ({ scene }) =>
          scene.cluster.mutate(({ drives: [, second, third] }) => {
            Object.assign(second ?? {}, { status: "failed", driveFailureDetail: "worn" });
            Object.assign(third ?? {}, { status: "available" });
          }),
        up: { drives: [2, 3] },
        failed: ["EKM_DRIVE_NOT_AVAILABLE", "recovering drives 2, 3", "2 (failed: worn)"],
      },
      { up: { drives: [9] }, failed: ["EKM_OBJECT_NOT_FOUND", "2 (failed: worn), 3 (available)"] },
    ],
  },
  {
    name: "is done where the drives are active already",
    steps: [{ up: { drives: [1, 2] }, did: "created", outputs: { complete: true } }],
  },
  {
    name: "adds no drive twice when the answer to its create was lost",
    stage: "external",
    switches: quick,
    steps: [
      {
        given: async ({ scene }) => {
          await bootWithoutKey(scene);
          scene.loseAnswer(ADD);
        },
        up: { drives: LOCKED },
        failed: ["EKM_CONNECTION_UNREACHABLE", ADD],
        writes: [ADD],
      },
      { up: { drives: LOCKED }, did: "created", afterwards: ({ scene }) => expectHealthy(scene) },
    ],
  },
  {
    name: "joins the job that adds some of its drives, and adds the others",
    stage: "external",
    switches: { ...quick, addDrivesSeconds: 3600 },
    steps: [
      {
        given: async ({ scene: { cluster }, scene }) => {
          await bootWithoutKey(scene);
          await scene.byHand(ADD, { drives: drives(1, 3) });
          scene.when(
            () => cluster.calls("GetAsyncResult").length > 0,
            () => {
              cluster.switches.addDrivesSeconds = 0;
            },
          );
        },
        up: { drives: LOCKED },
        did: "created",
        writes: [ADD],
        afterwards: ({ scene, run }) => {
          expectHealthy(scene);
          expect(added(scene)).toEqual([drives(1, 3), drives(5, 7)]);
          const told = "joining the job that adds drives already (handle 2)";
          expect(run.lines[0]).toEqual({ severity: "info", message: told });
        },
      },
    ],
  },
  {
    name: "leaves an incomplete resource at its deadline, and the next run resumes without a second call",
    stage: "external",
    switches: { ...quick, addDrivesSeconds: 3600 },
    steps: [
      {
        given: ({ scene }) => bootWithoutKey(scene),
        up: { drives: LOCKED, deadlines: { create: 30 } },
        failed: ["EKM_DRIVE_RECOVERY_DEADLINE", "after 30 seconds: the job that adds drives still runs"],
        incomplete: true,
        outputs: { complete: false, asyncHandle: 2 },
        writes: [ADD],
      },
      { refresh: true, did: "refreshed", outputs: { complete: false } },
      {
        given: ({ scene }) => {
          scene.cluster.switches.addDrivesSeconds = 0;
        },
        up: { drives: LOCKED },
        did: "updated",
        outputs: { complete: true },
        afterwards: ({ scene }) => expectHealthy(scene),
      },
      { up: { drives: LOCKED }, did: "unchanged" },
    ],
  },
  {
    name: "says that the job failed, and tries again in the next run only",
    stage: "external",
    switches: { ...quick, addDrivesSeconds: 3600 },
    steps: [
      {
        given: async ({ scene }) => {
          await bootWithoutKey(scene);
          failAddition(scene, { name: "xDriveFailed", message: "no luck" });
        },
        up: { drives: LOCKED },
        failed: ["EKM_DRIVE_RECOVERY_FAILED", "xDriveFailed: no luck"],
        incomplete: true,
        writes: [ADD],
      },
      {
        given: ({ scene }) => {
          scene.cluster.switches.addDrivesSeconds = 0;
        },
        up: { drives: LOCKED },
        did: "updated",
        writes: [ADD],
        afterwards: ({ scene }) => expectHealthy(scene),
      },
    ],
  },
  {
    name: "takes no list of faults for good that may be older than the drives' return",
    switches: { faultCacheSeconds: 3600 },
    steps: [
      {
        given: async ({ scene }) => {
          await scene.byHand("ListClusterFaults", {});
          await scene.cluster.mutate(({ drives: [first] }) => Object.assign(first ?? {}, { status: "available" }));
        },
        up: { drives: [1] },
        did: "created",
        writes: [ADD],
        afterwards: ({ run }) => {
          const told = run.lines.filter(({ message }) => message.endsWith("the list of faults is not known to be new"));
          const seconds = told.map(({ message }) => Number(/\((\d+)s\)/.exec(message)?.[1]));
          expect(Math.max(...seconds)).toBeGreaterThan(20);
          expect(Math.max(...seconds)).toBeLessThanOrEqual(30);
        },
      },
    ],
  },
  {
    name: "refuses bad input without a call",
    steps: [
      { up: { drives: [] }, refused: ["drives"] },
      { up: { drives: [1, 0] }, refused: ["drives[1]"] },
      { up: { drives: [1, 1] }, refused: ["drives"] },
      {
        up: { drives: [1], triggers: { a: 1 as unknown as string } },
        refused: ["triggers"],
        afterwards: ({ scene }) => expect(scene.cluster.requests).toEqual([]),
      },
    ],
  },
];

lifecycleTable("DriveRecovery", driveRecovery, rows);
