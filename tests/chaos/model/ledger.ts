import { markedName } from "../../../provider/adapters/pulumi/urn";
import { urnOf } from "../../kit/resource";
import { type Declaration, firstDeclaration, nameOf, roadOf } from "./declaration";
import { tokenOf } from "./stack";
import type { World } from "./world";

/** Which of the two stacks. */
export type Which = 0 | 1;

export const STACK_NAMES = ["first", "second"] as const;

/** What is known of a stack besides its state. */
export interface StackLedger {
  declaration: Declaration;
  /** It was run. */
  isUsed: boolean;
  /** The marks of every server and provider that its programs ever declared. */
  marks: Set<string>;
}

/** What was asked for, and by whom: the model that a world is compared with. */
export class Ledger {
  readonly stacks: readonly [StackLedger, StackLedger] = [newStack(), newStack()];
  rekeysAreHeld = false;
  hardwareEncryption = false;
  readonly down = new Set<"east" | "west">();
  /** Marked objects whose create was interrupted: `keyServer 3`. Their resource, declared again, finds them. */
  readonly lost = new Set<string>();
  /** What was done so far, and what came of it. */
  readonly story: string[] = [];
  /** What a provider that outlived its engine may still do. */
  outstanding = NOTHING;

  constructor(private readonly onTold: (line: string) => void = () => {}) {}

  tell(line: string): void {
    this.story.push(line);
    this.onTold(line);
  }

  /** Has a stack's program say what is declared now. */
  declare(world: World, which: Which): void {
    const stack = this.stacks[which];
    const { declaration, marks } = stack;
    stack.isUsed = true;
    for (const kind of ["server", "provider"] as const) {
      marks.add(markedName(urnOf(tokenOf(kind), nameOf(kind, declaration), STACK_NAMES[which])));
    }
    world.stacks[which].declare(roadOf(declaration, world.installation, this.rekeysAreHeld));
  }
}

/** How many rekeys and key pairs a step may bring at most. */
export interface Allowance {
  rekeys: number;
  pairs: number;
}

export const NOTHING: Allowance = { rekeys: 0, pairs: 0 };

export const together = (...allowances: Allowance[]): Allowance => ({
  rekeys: allowances.reduce((sum, { rekeys }) => sum + rekeys, 0),
  pairs: allowances.reduce((sum, { pairs }) => sum + pairs, 0),
});

const newStack = (): StackLedger => ({
  declaration: firstDeclaration(),
  isUsed: false,
  marks: new Set(),
});
