import type { Lifecycle } from "../../provider/core/lifecycle";
import type { ApiCall } from "../../provider/core/system";
import type { Did, Given, Outcome, SystemResource } from "./resource";
import type { SystemRun } from "./run";
import type { SystemScene, SystemTheatre } from "./scene";

/** What the rows of a system's tables are made of. */
interface World {
  scene: SystemScene;
  run: Pick<SystemRun<never, never>, "lines" | "next" | "close">;
  stage: string;
  switches: object;
  method: string;
  noun: string;
}

interface StepContext<I extends object, O extends object, W extends World> {
  scene: W["scene"];
  run: W["run"];
  resource: SystemResource<I, O, W["noun"]>;
}

type Arguments<I extends object, W extends World> = Given<I, W["noun"]>;

/** One operation on a resource, in a run of its own, and all that it is expected to bring about. */
export interface SystemStep<I extends object, O extends object, W extends World> {
  /** What happened before, outside of the resource. */
  given?(context: StepContext<I, O, W>): unknown;
  /** New arguments, or how to get them from the scene. Exactly one of `up`, `refresh` and `destroy`. */
  up?: Arguments<I, W> | ((scene: W["scene"]) => Arguments<I, W> | Promise<Arguments<I, W>>);
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
  writes?: W["method"][];
  /** Parts of the lines that the step says about itself, in order; all of them, progress left out. */
  says?: string[];
  /** Looks at the system, and at what it depends on. */
  afterwards?(context: StepContext<I, O, W>): unknown;
}

export interface SystemRow<I extends object, O extends object, W extends World> {
  name: string;
  /** What the system starts with. By default it is the first stage. */
  stage?: W["stage"];
  switches?: Partial<W["switches"]>;
  steps: SystemStep<I, O, W>[];
}

/** How a system's rows are played. */
export interface Playing<W extends World> {
  theatre: SystemTheatre<W["scene"], W["stage"], W["switches"]>;
  firstStage: W["stage"];
  /** Of the system's API. */
  calls: Readonly<Record<string, ApiCall>>;
  runOn(scene: W["scene"]): W["run"];
  resource<I extends object, O extends object>(
    lifecycle: Lifecycle<I, O>,
    run: W["run"],
  ): SystemResource<I, O, W["noun"]>;
}

/** Gives the tests of one file their theatre. */
export function opened<Theatre extends SystemTheatre<SystemScene, never, never>>(theatre: Theatre): Theatre {
  afterEach(() => theatre.clear());
  afterAll(() => theatre.close());
  return theatre;
}

/** Plays the steps of a row on a system of its own. */
export async function play<I extends object, O extends object, W extends World>(
  { theatre, firstStage, calls, runOn, resource }: Playing<W>,
  lifecycle: Lifecycle<I, O>,
  { stage = firstStage, switches, steps }: SystemRow<I, O, W>,
): Promise<void> {
  const scene = await theatre.scene(stage, switches);
  const run = runOn(scene);
  const context = { scene, run, resource: resource(lifecycle, run) };
  for (const [index, step] of steps.entries()) await perform(step, context, calls, index + 1);
  await run.close();
}

async function perform<I extends object, O extends object, W extends World>(
  step: SystemStep<I, O, W>,
  context: StepContext<I, O, W>,
  calls: Playing<W>["calls"],
  number: number,
): Promise<void> {
  const { scene, run, resource } = context;
  run.next();
  await step.given?.(context);
  const [callsBefore, linesBefore] = [scene.calls().length, run.lines.length];
  const outcome = await operate(step, context);
  const writes = writesSince(callsBefore, scene, calls);
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

async function operate<I extends object, O extends object, W extends World>(
  { up, refresh, destroy }: SystemStep<I, O, W>,
  { scene, resource }: StepContext<I, O, W>,
): Promise<Outcome<O>> {
  if (refresh) return resource.refresh();
  if (destroy) return resource.destroy();
  if (up === undefined) throw new Error("the step has no operation");
  return resource.up(typeof up === "function" ? await up(scene) : up);
}

/** Methods that were called since, but for those that only read. */
export const writesSince = (
  callsBefore: number,
  scene: SystemScene,
  calls: Readonly<Record<string, ApiCall>>,
): string[] =>
  scene
    .calls()
    .slice(callsBefore)
    .filter((method) => calls[method]?.effect !== "read");

function summary(outcome: Outcome<object>) {
  if ("did" in outcome) return { did: outcome.did };
  if ("refused" in outcome) return { refused: outcome.refused.map(({ property }) => property) };
  return { failed: outcome.failed, incomplete: outcome.incomplete };
}

function expectation({
  did,
  failed,
  refused,
  incomplete = false,
  writes = [],
}: Pick<SystemStep<object, object, World>, "did" | "failed" | "refused" | "incomplete" | "writes">) {
  if (failed !== undefined) return { failed: failed[0], incomplete, writes };
  return refused === undefined ? { did, writes } : { refused, writes };
}
