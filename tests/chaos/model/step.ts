import type { AsyncCommand } from "fast-check";
import { assertInvariants } from "./invariants";
import { type Allowance, type Ledger, NOTHING, together } from "./ledger";
import { look, type Sight } from "./sight";
import { hitsOf, type World } from "./world";

/** What a step did, as far as its {@link Step.act} can tell. */
export interface Act {
  /** Default: nothing. */
  allowed?: Allowance;
  /** Default: only if calls went wrong by a fault rule. */
  disturbed?: boolean;
  output?: string;
  /** What is still done after the step, by a provider whose engine is gone. */
  outstanding?: Allowance;
  /** Looks at what the step left. */
  judge?(after: Sight): void;
}

/** One step of a sequence; whatever it is, the invariants hold afterwards. */
export abstract class Step implements AsyncCommand<Ledger, World> {
  check(_ledger: Readonly<Ledger>): boolean {
    return true;
  }

  protected abstract act(ledger: Ledger, world: World, before: Sight): Promise<Act>;

  async run(ledger: Ledger, world: World): Promise<void> {
    const before = await look(world);
    const hitsBefore = hitsOf(world);
    ledger.tell(this.toString());
    const { allowed = NOTHING, disturbed, output = "", outstanding, judge } = await this.act(ledger, world, before);
    const after = await look(world);
    assertInvariants(world, ledger, before, after, {
      allowed: together(allowed, ledger.outstanding),
      disturbed: disturbed ?? hitsOf(world) !== hitsBefore,
      output,
    });
    ledger.outstanding = outstanding ?? NOTHING;
    judge?.(after);
  }

  abstract toString(): string;
}
