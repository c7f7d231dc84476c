import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Operator } from "../../interop/element-sdk/operator";
import { EngineStack } from "./engine-stack";
import { STACK_NAMES } from "./ledger";
import { World } from "./world";

/** A world with the real engine. */
export class EngineWorld extends World {
  private readonly fresh = mkdtempSync(join(tmpdir(), "ekm-model-stacks-"));
  private made?: readonly [EngineStack, EngineStack];

  constructor(operator: Operator) {
    super({ operator, rekeySeconds: 0.1, restartMilliseconds: 700 });
  }

  get stacks(): readonly [EngineStack, EngineStack] {
    if (this.made === undefined) throw new Error("the world is not open");
    return this.made;
  }

  override async open(): Promise<void> {
    await super.open();
    const [first, second] = STACK_NAMES;
    this.made = [
      await EngineStack.create(first, this.fresh, this.installation),
      await EngineStack.create(second, this.fresh, this.installation),
    ];
  }

  override async reset(): Promise<void> {
    for (const stack of this.stacks) stack.clear();
    await super.reset();
  }

  override async close(): Promise<void> {
    for (const stack of this.stacks) stack.remove();
    await super.close();
    rmSync(this.fresh, { recursive: true, force: true });
  }

  async settle(): Promise<void> {
    for (const stack of this.stacks) stack.endProcesses();
  }

  /** Engines take their turns as they come. */
  shuffle(): void {}
}
