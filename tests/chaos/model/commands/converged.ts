import fc from "fast-check";
import { converge } from "../convergence";
import type { Ledger } from "../ledger";
import { look, pairsMade, rekeysStarted, type Sight } from "../sight";
import { type Act, Step } from "../step";
import type { World } from "../world";

/** Everything is mended and brought up in the middle of a sequence, as at its end. */
class Converged extends Step {
  protected async act(ledger: Ledger, world: World, before: Sight): Promise<Act> {
    await converge(ledger, world);
    const after = await look(world);
    // Each run in it was judged by itself.
    const allowed = {
      rekeys: rekeysStarted(after) - rekeysStarted(before),
      pairs: pairsMade(after) - pairsMade(before),
    };
    return { allowed };
  }

  toString = () => "converge";
}

export const converged = fc.constant(new Converged());
