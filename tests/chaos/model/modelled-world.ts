import { deepStrictEqual } from "node:assert";
import type { Operator } from "../../interop/element-sdk/operator";
import { MachineJournal } from "../../kit/machine-journal";
import { STACK_NAMES } from "./ledger";
import type { Ground } from "./modelled-run";
import { ModelledStack } from "./modelled-stack";
import { Turns } from "./turns";
import { World } from "./world";

/** A world whose engine is a model of it in this process: fast, and repeatable to the single call. */
export class ModelledWorld extends World {
  private readonly ground: Ground;
  readonly stacks: readonly [ModelledStack, ModelledStack];

  constructor(operator: Operator) {
    super({ operator, rekeySeconds: 0, restartMilliseconds: 0 });
    const world = this;
    this.ground = {
      installation: this.installation,
      get clock() {
        return world.clock;
      },
      journal: new MachineJournal(),
      turns: new Turns(),
      defects: [],
    };
    const [first, second] = STACK_NAMES;
    this.stacks = [new ModelledStack(first, this.ground), new ModelledStack(second, this.ground)];
  }

  override async reset(): Promise<void> {
    await this.ground.turns.settle();
    this.ground.defects.splice(0);
    this.ground.journal.clear();
    for (const stack of this.stacks) stack.clear();
    await super.reset();
  }

  async settle(): Promise<void> {
    await this.ground.turns.settle();
    deepStrictEqual(this.ground.defects, []);
  }

  shuffle(picks: number[]): void {
    let turn = 0;
    this.ground.turns.choose = (count) => {
      turn += 1;
      return (picks[turn % picks.length] ?? 0) % count;
    };
  }
}
