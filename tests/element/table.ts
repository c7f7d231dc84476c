import type { Lifecycle } from "../../provider/core/lifecycle";
import type { Method } from "../../provider/systems/element/api/types";
import { element } from "../../provider/systems/element/system";
import type { Switches } from "../../simulator";
import { opened, play, type SystemRow, type SystemStep, writesSince } from "../kit/table";
import { methodsOf, recordCalls } from "./calls";
import { Resource, type Run, runOn } from "./harness";
import { type Scene, type Stage, Theatre } from "./stage";

interface ClusterWorld {
  scene: Scene;
  run: Run;
  stage: Stage;
  switches: Switches;
  method: Method;
  noun: "cluster";
}

export type Step<I extends object, O extends object> = SystemStep<I, O, ClusterWorld>;
export type Row<I extends object, O extends object> = SystemRow<I, O, ClusterWorld>;

/** Runs rows of operations, each on a cluster of its own. */
export function lifecycleTable<I extends object, O extends object>(
  type: string,
  lifecycle: Lifecycle<I, O>,
  rows: Row<I, O>[],
): void {
  const theatre = useTheatre();
  test.each(rows)(`${type}: $name`, async (row) => {
    const called = recordCalls();
    await play<I, O, ClusterWorld>(
      {
        theatre,
        firstStage: "bare",
        calls: element.calls,
        runOn,
        resource: (each, run) => new Resource(each, `element:${type}`, run),
      },
      lifecycle,
      row,
    );
    // The pages on coverage and on rights are made from what descriptions declare.
    expect(methodsOf(type)).toEqual(expect.arrayContaining(called()));
  });
}

/** A theatre for the tests of one file. */
export const useTheatre = (): Theatre => opened(new Theatre());

/** What was called since, but for reads. */
export const writesOf = (scene: Scene, callsBefore: number): string[] => writesSince(callsBefore, scene, element.calls);
