import fc from "fast-check";
import { KINDS, type Kind } from "../declaration";
import { type Ledger, STACK_NAMES, together, type Which } from "../ledger";
import { perform, type Run } from "../runs";
import type { Sight } from "../sight";
import { type Act, Step } from "../step";
import type { World } from "../world";
import { type Cut, cuts, interruptionBy } from "./cut";
import { type Change, changeOf } from "./declarations";

interface What {
  run: Run;
  target?: Kind;
  /** Made before. */
  change?: Change;
  cut?: Cut;
}

/** The engine runs one stack. */
export class StackRun extends Step {
  constructor(
    private readonly which: Which,
    private readonly what: What,
  ) {
    super();
  }

  override check(ledger: Ledger): boolean {
    const { run, target, change } = this.what;
    // A destroy has no deadline of this run's program: it would wait for a rekey that does not end.
    if (ledger.rekeysAreHeld && run === "destroy") return false;
    // The engine refuses a target that it knows nothing of.
    if (target === "key" && ledger.stacks[this.which].declaration.holder === "undeclared") return false;
    return change?.isPossible?.(ledger) ?? true;
  }

  protected async act(ledger: Ledger, world: World, before: Sight): Promise<Act> {
    const { which } = this;
    const { run, target, change, cut } = this.what;
    change?.make(ledger.stacks[which].declaration);
    const interruption = cut && interruptionBy(cut, world);
    const act = await perform(ledger, world, before, { which, run, target, interruption });
    if (cut?.strike !== "a rekey by hand") return act;
    // Whether the run finds it newer than its own record depends on which comes first.
    return { ...act, allowed: together(act.allowed, { rekeys: 1, pairs: 0 }), judge: undefined };
  }

  toString(): string {
    const { run, target, change, cut } = this.what;
    return [
      `${STACK_NAMES[this.which]}: ${run}${target ? ` --target ${target}` : ""}`,
      change && `with ${change.what}`,
      cut && `cut by "${cut.strike}" ${cut.moment} number ${cut.call.number} of its ${cut.call.among}`,
    ]
      .filter((part) => part !== undefined)
      .join(", ");
  }
}

const upOrRefreshed = fc.constantFrom("up" as const, "up --refresh" as const);

const arbitraryOf = (what: (which: Which) => fc.Arbitrary<What>): fc.Arbitrary<StackRun> =>
  fc.constantFrom<Which>(0, 0, 0, 1).chain((which) => what(which).map((run) => new StackRun(which, run)));

/** A program is changed and run: what a user does most. */
export const changed = arbitraryOf((which) =>
  fc.record({ run: upOrRefreshed, change: changeOf(which), cut: fc.option(cuts, { nil: undefined }) }),
);

export const plain = arbitraryOf(() =>
  fc.record({ run: fc.constantFrom("up", "up", "up --refresh", "up --refresh", "refresh", "preview") }),
);

export const interrupted = arbitraryOf(() =>
  fc.record({ run: fc.constantFrom("up", "up", "up --refresh", "destroy"), cut: cuts }),
);

export const targeted = arbitraryOf(() => fc.record({ run: upOrRefreshed, target: fc.constantFrom(...KINDS) }));

export const destroyed = arbitraryOf(() => fc.constant({ run: "destroy" }));
