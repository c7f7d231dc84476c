import { ok } from "node:assert";
import fc from "fast-check";
import { type Ledger, STACK_NAMES, together } from "../ledger";
import { perform, type Run } from "../runs";
import { look, type Sight } from "../sight";
import { type Act, Step } from "../step";
import type { World } from "../world";
import { type Cut, cuts, interruptionBy } from "./cut";
import { type Change, changeOf } from "./declarations";

const FINISHES = ["put back", "another place", "destroy", "up"] as const;

/** A changed program is killed in its run, and then something else is done with the plain command. */
class FinishedOtherwise extends Step {
  constructor(
    private readonly change: Change,
    private readonly cut: Cut,
    private readonly finish: (typeof FINISHES)[number],
  ) {
    super();
  }

  override check(ledger: Ledger): boolean {
    const isCalm = !ledger.rekeysAreHeld && ledger.down.size === 0 && !ledger.hardwareEncryption;
    // A key that a destroy leaves where it is keeps its provider active, as it should.
    const isKept = ledger.stacks[0].declaration.onDelete === "keep";
    return isCalm && !isKept && (this.change.isPossible?.(ledger) ?? true);
  }

  protected async act(ledger: Ledger, world: World, before: Sight): Promise<Act> {
    const { declaration } = ledger.stacks[0];
    const former = structuredClone(declaration);
    this.change.make(declaration);
    declaration.onDelete = former.onDelete;
    const cutOff = await perform(ledger, world, before, {
      which: 0,
      run: "up",
      interruption: interruptionBy(this.cut, world),
    });
    // A name that is put back would be another rename, which needs an alias: the new name stays.
    if (this.finish === "put back") Object.assign(declaration, former, { renamed: declaration.renamed });
    if (this.finish === "another place") declaration.at = declaration.at === "east" ? "west" : "east";
    const acts = [cutOff];
    const run = async (what: Run) => {
      const act = await perform(ledger, world, await look(world), { which: 0, run: what });
      acts.push(act);
      return act.report;
    };
    const command = this.finish === "destroy" ? "destroy" : "up";
    const report = await run(command);
    // Where there is nothing to ask, the refusal names what works.
    if (!report.succeeded && /run "pulumi up --refresh"/i.test(report.output)) {
      await run("up --refresh");
      const last = await run(command);
      ok(last.succeeded || ledger.stacks[1].isUsed, `what the refusal names does not help:\n${last.output}`);
    }
    return {
      allowed: together(...acts.map(({ allowed }) => allowed)),
      output: acts.map(({ output }) => output).join("\n"),
      disturbed: true,
    };
  }

  toString = () =>
    `${STACK_NAMES[0]}: up with ${this.change.what}, killed ${this.cut.moment} number ${this.cut.call.number} of its ${this.cut.call.among}, then ${this.finish}`;
}

export const finishedOtherwise = fc
  .tuple(changeOf(0), cuts, fc.constantFrom(...FINISHES))
  .map(([change, cut, finish]) => new FinishedOtherwise(change, { ...cut, strike: "kill" }, finish));
