import type { Lifecycle } from "../../provider/core/lifecycle";
import { METHODS } from "../../provider/systems/element/api/methods";
import type { Method } from "../../provider/systems/element/api/types";
import type { Switches } from "../../simulator";
import { methodsOf, recordCalls } from "./calls";
import { type Did, type Outcome, Resource, type Run, runOn } from "./harness";
import { type Scene, type Stage, Theatre } from "./stage";

type Arguments<I extends object> = Parameters<Resource<I, object>["complete"]>[0];

interface StepContext<I extends object, O extends object> {
  scene: Scene;
  run: Run;
  resource: Resource<I, O>;
}

/** One operation on a resource, in a run of its own, and all that it is expected to bring about. */
export interface Step<I extends object, O extends object> {
  /** What happened before, outside of the resource. */
  given?(context: StepContext<I, O>): unknown;
  /** New arguments, or how to get them from the scene. Exactly one of `up`, `refresh` and `destroy`. */
  up?: Arguments<I> | ((scene: Scene) => Arguments<I> | Promise<Arguments<I>>);
  refresh?: true;
  destroy?: true;

  did?: Did;
  /** Outputs, as far as they matter. */
  outputs?: object;
  /** Inputs that are in state afterwards, as far as they matter. */
  inputs?: object;
  /** The error's code, then words of its message. */
  failed?: [code: string, ...words: string[]];
  /** Whether the failure leaves an incomplete resource in state. Default false. */
  incomplete?: boolean;
  /** Properties that check refuses. */
  refused?: string[];
  /** Words of what it says. */
  because?: string[];
  /** Calls other than reads that the step made, in order; all of them. Default none. */
  writes?: Method[];
  /** Parts of the lines that the step says about itself, in order; all of them, progress left out. */
  says?: string[];
  /** Looks at the cluster and the key server. */
  afterwards?(context: StepContext<I, O>): unknown;
}

export interface Row<I extends object, O extends object> {
  name: string;
  /** What the cluster starts with. Default `bare`. */
  stage?: Stage;
  switches?: Partial<Switches>;
  steps: Step<I, O>[];
}

/** Runs rows of operations, each on a cluster of its own. */
export function lifecycleTable<I extends object, O extends object>(
  type: string,
  lifecycle: Lifecycle<I, O>,
  rows: Row<I, O>[],
): void {
  const theatre = useTheatre();
  test.each(rows)(`${type}: $name`, async ({ stage = "bare", switches, steps }) => {
    const scene = await theatre.scene(stage, switches);
    const run = runOn(scene);
    const resource = new Resource(lifecycle, `element:${type}`, run);
    const called = recordCalls();
    for (const [index, step] of steps.entries()) await perform(step, { scene, run, resource }, index + 1);
    await run.close();
    // The pages on coverage and on rights are made from what descriptions declare.
    expect(methodsOf(type)).toEqual(expect.arrayContaining(called()));
  });
}

/** A theatre for the tests of one file. */
export function useTheatre(): Theatre {
  const theatre = new Theatre();
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());
  return theatre;
}

async function perform<I extends object, O extends object>(
  step: Step<I, O>,
  context: StepContext<I, O>,
  number: number,
): Promise<void> {
  const { scene, run, resource } = context;
  run.next();
  await step.given?.(context);
  const [callsBefore, linesBefore] = [scene.cluster.calls().length, run.lines.length];
  const outcome = await operate(step, context);
  const writes = writesOf(scene, callsBefore);
  expect({ step: number, ...summary(outcome), writes }).toEqual({ step: number, ...expectation(step) });
  if (step.failed !== undefined && "message" in outcome) {
    for (const word of step.failed.slice(1)) expect(outcome.message).toContain(word);
  }
  if (step.because !== undefined && "refused" in outcome) {
    const reasons = outcome.refused.map(({ reason }) => reason).join("\n");
    for (const word of step.because) expect(reasons).toContain(word);
  }
  if (step.outputs !== undefined) expect(resource.state?.outputs).toMatchObject(step.outputs);
  if (step.inputs !== undefined) expect(resource.state?.inputs).toMatchObject(step.inputs);
  if (step.says !== undefined) {
    const said = run.lines.slice(linesBefore).filter(({ severity }) => severity !== "progress");
    expect(said.map(({ message }) => message)).toEqual(step.says.map((part) => expect.stringContaining(part)));
  }
  await step.afterwards?.(context);
}

async function operate<I extends object, O extends object>(
  { up, refresh, destroy }: Step<I, O>,
  { scene, resource }: StepContext<I, O>,
): Promise<Outcome<O>> {
  if (refresh) return resource.refresh();
  if (destroy) return resource.destroy();
  if (up === undefined) throw new Error("the step has no operation");
  return resource.up(typeof up === "function" ? await up(scene) : up);
}

/** What was called since, but for reads. */
export const writesOf = ({ cluster }: Scene, callsBefore: number): string[] =>
  cluster
    .calls()
    .slice(callsBefore)
    .map(({ method }) => method)
    .filter((method) => METHODS[method as Method]?.effect !== "read");

function summary(outcome: Outcome<object>) {
  if ("did" in outcome) return { did: outcome.did };
  if ("refused" in outcome) return { refused: outcome.refused.map(({ property }) => property) };
  return { failed: outcome.failed, incomplete: outcome.incomplete };
}

function expectation({ did, failed, refused, incomplete = false, writes = [] }: Step<object, object>) {
  if (failed !== undefined) return { failed: failed[0], incomplete, writes };
  return refused === undefined ? { did, writes } : { refused, writes };
}
