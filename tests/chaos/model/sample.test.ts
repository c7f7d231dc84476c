import fc from "fast-check";
import { Operator } from "../../interop/element-sdk/operator";
import { tries } from "../../kit/replay";
import { EngineWorld } from "./engine-world";
import { ModelledWorld } from "./modelled-world";
import { sequences } from "./sequence";
import type { World } from "./world";

/** The same sequences each time; `EKM_SEED` tries others. */
const SEED = 7;

const TIERS = [
  { engine: "a model of the engine", World: ModelledWorld, runs: 8, maxSteps: 16, timeCanPass: true },
  { engine: "the real engine", World: EngineWorld, runs: 1, maxSteps: 6, timeCanPass: false },
];

describe.each(TIERS)("two hands at once, with $engine", ({ World: Kind, runs, maxSteps, timeCanPass }) => {
  let operator: Operator;
  let world: World;

  beforeAll(async () => {
    operator = await Operator.start();
    world = new Kind(operator);
    await world.open();
  }, 180_000);
  afterAll(async () => {
    await world.close();
    await operator.stop();
  });

  it("loses and doubles nothing, whatever is done in whatever order, and ends as declared", async () => {
    await fc.assert(sequences(world, { maxSteps, timeCanPass }), { seed: SEED, ...tries(runs), endOnFailure: true });
  }, 300_000);
});
