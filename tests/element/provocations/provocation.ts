import { PULUMI_WORDS } from "../../../provider/adapters/pulumi/words";
import { inFull, isEkmError } from "../../../provider/core/errors";
import type { Lifecycle } from "../../../provider/core/lifecycle";
import type { Switches } from "../../../simulator";
import { type Outcome, Resource, type Run, runOn } from "../harness";
import type { Scene, Stage, Theatre } from "../stage";

/** Brings an error about, and gives what a person is shown of it. */
export type Provocation = (theatre: Theatre) => Promise<string>;

/** The errors of one page of the index, by their codes. */
export type Provocations = Readonly<Record<`EKM_${string}`, Provocation>>;

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
  async (theatre) => {
    const scene = await theatre.scene(stage, switches);
    const run = runOn(scene);
    try {
      return saidOf(await operate({ resource: new Resource(lifecycle, type, run), scene, run }));
    } finally {
      await run.close();
    }
  };

/** What a person is shown of an operation that did not succeed. */
export function saidOf(outcome: Outcome<object>): string {
  if ("did" in outcome) throw new Error(`the resource was ${outcome.did}`);
  if ("failed" in outcome && isEkmError(outcome.error)) return inFull(outcome.error, PULUMI_WORDS);
  return ("refused" in outcome && outcome.refused[0]?.reason) || JSON.stringify(outcome);
}

/** What some work fails with. */
export async function failureOf(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (isEkmError(error)) return inFull(error, PULUMI_WORDS);
    throw error;
  }
  throw new Error("nothing failed");
}
