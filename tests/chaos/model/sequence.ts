import fc from "fast-check";
import { bothUp } from "./commands/both-up";
import { byHand } from "./commands/by-hand";
import { converged } from "./commands/converged";
import { declarations } from "./commands/declarations";
import { disturbances, timePasses } from "./commands/disturbances";
import { finishedOtherwise } from "./commands/finished-otherwise";
import { changed, destroyed, interrupted, plain, StackRun, targeted } from "./commands/stack-run";
import { converge } from "./convergence";
import type { Declaration } from "./declaration";
import { Ledger } from "./ledger";
import type { Step } from "./step";
import type { World } from "./world";

export interface SequenceOptions {
  /** Of one sequence. */
  maxSteps: number;
  /** The provider's clock can be moved. */
  timeCanPass: boolean;
  /** Of a sequence that was made smaller: which of its steps were taken. */
  replayPath?: string;
  /** Told what is done. */
  tell?(line: string): void;
}

/** Whatever is done to a cluster, in whatever order and by whomever: nothing is lost or doubled, and the end is as declared. */
export function sequences(world: World, { maxSteps, timeCanPass, replayPath, tell }: SequenceOptions) {
  const step = fc.oneof(
    { weight: 12, arbitrary: changed },
    { weight: 6, arbitrary: plain },
    { weight: 6, arbitrary: interrupted },
    { weight: 5, arbitrary: finishedOtherwise },
    { weight: 3, arbitrary: declarations },
    { weight: 6, arbitrary: byHand },
    { weight: 6, arbitrary: disturbances },
    { weight: 2, arbitrary: targeted },
    { weight: 2, arbitrary: destroyed },
    { weight: 2, arbitrary: bothUp },
    { weight: 1, arbitrary: converged },
    ...(timeCanPass ? [{ weight: 1, arbitrary: timePasses }] : []),
  );
  const steps = fc.commands([step], { maxCommands: maxSteps, size: "max", replayPath });
  const secondHolder = fc.constantFrom<Declaration["holder"]>("undeclared", "external", "internal");
  return fc.asyncProperty(STARTS, secondHolder, steps, async (start, holder, commands) => {
    await world.reset();
    const ledger = new Ledger(tell);
    ledger.stacks[1].declaration.holder = holder;
    try {
      for (const first of start) await first.run(ledger, world);
      await fc.asyncModelRun(() => ({ model: ledger, real: world }), commands);
      ledger.tell("at the end: converge");
      await converge(ledger, world);
    } catch (cause) {
      throw new SequenceError(ledger.story, cause);
    }
  });
}

const firstUp = new StackRun(0, { run: "up" });
const secondUp = new StackRun(1, { run: "up" });

/** What is up before the first step. */
const STARTS: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom<Step[]>([], [firstUp], [firstUp], [firstUp, secondUp]) },
  { weight: 1, arbitrary: bothUp.map((both): Step[] => [both]) },
);

/** A sequence ended in what must not be. */
class SequenceError extends Error {
  override readonly name = "SequenceError";

  constructor(story: string[], cause: unknown) {
    super([...story, cause instanceof Error ? cause.message : String(cause)].join("\n"), { cause });
  }
}
