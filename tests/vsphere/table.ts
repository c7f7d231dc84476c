import type { Lifecycle } from "../../provider/core/lifecycle";
import type { CallName } from "../../provider/systems/vsphere/api/types";
import { vsphere } from "../../provider/systems/vsphere/system";
import type { VCenterSwitches } from "../../simulator/vsphere";
import { describedMethods } from "../kit/described-methods";
import { opened, play, type SystemRow } from "../kit/table";
import { recordCalls } from "./calls";
import { type Filled, Resource, type Run, runOn } from "./harness";
import { type Scene, type Stage, Theatre } from "./stage";

interface VcenterWorld {
  scene: Scene;
  run: Run;
  stage: Stage;
  switches: VCenterSwitches;
  method: CallName;
  noun: Filled;
}

export type Row<I extends object, O extends object> = SystemRow<I, O, VcenterWorld>;

/** Runs rows of operations, each on a vCenter of its own. */
export function lifecycleTable<I extends object, O extends object>(
  type: string,
  lifecycle: Lifecycle<I, O>,
  firstStage: Stage,
  rows: Row<I, O>[],
): void {
  const theatre = useTheatre();
  const token = `vsphere:${type}`;
  test.each(rows)(`${type}: $name`, async (row) => {
    const called = recordCalls();
    await play<I, O, VcenterWorld>(
      {
        theatre,
        firstStage,
        calls: vsphere.calls,
        runOn: (scene) => runOn(scene),
        resource: (each, run) => new Resource(each, token, run),
      },
      lifecycle,
      row,
    );
    // The pages on coverage and on rights are made from what descriptions declare.
    expect(describedMethods(token)).toEqual(expect.arrayContaining(called()));
  });
}

/** A theatre for the tests of one file. */
export const useTheatre = (): Theatre => opened(new Theatre());
