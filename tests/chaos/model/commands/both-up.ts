import fc from "fast-check";
import { type Ledger, together } from "../ledger";
import { perform } from "../runs";
import { ofKind, pairsMade, type Sight } from "../sight";
import { type Act, Step } from "../step";
import type { World } from "../world";

/** Both stacks are brought up at the same time. */
class BothUp extends Step {
  constructor(
    private readonly command: "up" | "up --refresh",
    private readonly picks: number[],
  ) {
    super();
  }

  protected async act(ledger: Ledger, world: World, before: Sight): Promise<Act> {
    world.shuffle(this.picks);
    const acts = await Promise.all(
      ([0, 1] as const).map((which) => perform(ledger, world, before, { which, run: this.command })),
    );
    // What one does may be what the other waits for: each may rekey once that has to do with the key.
    const concerned = ([0, 1] as const).filter(
      (which) =>
        ledger.stacks[which].declaration.holder !== "undeclared" || ofKind(before.resources[which], "key").length > 0,
    );
    const { pairs } = together(...acts.map(({ allowed }) => allowed));
    return {
      // Of a cluster without a pair, both find it missing and one makes it.
      allowed: { rekeys: concerned.length, pairs: pairsMade(before) === 0 ? 1 : pairs },
      output: acts.map(({ output }) => output).join("\n"),
    };
  }

  toString = () => `both: ${this.command} (turns ${this.picks.join()})`;
}

export const bothUp = fc
  .tuple(fc.constantFrom("up" as const, "up --refresh" as const), fc.array(fc.nat(1), { minLength: 4, maxLength: 12 }))
  .map((args) => new BothUp(...args));
