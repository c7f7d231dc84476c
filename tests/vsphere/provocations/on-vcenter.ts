import { type Provocation, saidOf } from "../../kit/provocation";
import type { Outcome } from "../../kit/resource";
import { type Run, runOn } from "../harness";
import type { Scene, Stage } from "../stage";
import { useTheatre } from "../table";

const theatre = useTheatre();

/** What the last of the operations on a vCenter ends with. */
export const onVcenterAt =
  (stage: Stage, operate: (scene: Scene, run: Run) => Promise<Outcome<object>>): Provocation =>
  async () => {
    const scene = await theatre.scene(stage);
    const run = runOn(scene);
    try {
      return saidOf(await operate(scene, run));
    } finally {
      await run.close();
    }
  };
