import type { Lifecycle } from "../../../provider/core/lifecycle";
import type { Switches } from "../../../simulator";
import { type Provocation, saidOf } from "../../kit/provocation";
import type { Outcome } from "../../kit/resource";
import { Resource, type Run, runOn } from "../harness";
import type { Scene, Stage } from "../stage";
import { useTheatre } from "../table";

export const theatre = useTheatre();

interface Encounter<I extends object, O extends object> {
  resource: Resource<I, O>;
  scene: Scene;
  run: Run;
}

/** What the last of the operations on a resource ends with. */
export const onResource =
  <I extends object, O extends object>(
    type: string,
    lifecycle: Lifecycle<I, O>,
    stage: Stage,
    operate: (encounter: Encounter<I, O>) => Promise<Outcome<O>>,
    switches: Partial<Switches> = {},
  ): Provocation =>
  async () => {
    const scene = await theatre.scene(stage, switches);
    const run = runOn(scene);
    try {
      return saidOf(await operate({ resource: new Resource(lifecycle, type, run), scene, run }));
    } finally {
      await run.close();
    }
  };
