import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { type Declaration, KINDS, type Kind } from "../declaration";
import { type Ledger, STACK_NAMES, type Which } from "../ledger";
import { type Act, Step } from "../step";

/** What a program says otherwise than before. */
export interface Change {
  what: string;
  make(declaration: Declaration): void;
  isPossible?(ledger: Ledger): boolean;
}

/** Changes what a stack's program says; nothing happens before it is run. */
class Declare extends Step {
  constructor(
    private readonly which: Which,
    private readonly change: Change,
  ) {
    super();
  }

  override check(ledger: Ledger): boolean {
    return this.change.isPossible?.(ledger) ?? true;
  }

  protected async act(ledger: Ledger): Promise<Act> {
    this.change.make(ledger.stacks[this.which].declaration);
    return {};
  }

  toString = () => `${STACK_NAMES[this.which]}: declare ${this.change.what}`;
}

/** Another value than the present one: the one that chance picks, or the next. */
const set = <Name extends keyof Declaration>(name: Name, ...values: Declaration[Name][]): fc.Arbitrary<Change> =>
  fc.nat(values.length - 1).map((picked) => ({
    what: `another ${name} (${picked})`,
    make(declaration) {
      const isPresent = isDeepStrictEqual(declaration[name], values[picked]);
      declaration[name] = values[(picked + (isPresent ? 1 : 0)) % values.length] as Declaration[Name];
    },
  }));

/** Two stacks that both take over rekey against each other, as the documentation says. */
const takeOver = (which: Which): Change => ({
  what: "that it takes over, or no longer",
  make(declaration) {
    declaration.takeOver = !declaration.takeOver;
  },
  isPossible: ({ stacks }) => !stacks[which === 0 ? 1 : 0].declaration.takeOver,
});

const rename = (kind: Kind): Change => ({
  what: `another logical name of ${kind}`,
  make({ renamed }) {
    renamed[kind] = (renamed[kind] ?? 0) + 1;
  },
});

const display = (kind: "server" | "provider", which: Which, name: string | undefined): Change => ({
  what: `the exact name ${name} of ${kind}`,
  make(declaration) {
    // No two stacks give the same one.
    declaration.display[kind] = name && `${STACK_NAMES[which]}-${name}`;
  },
});

export const changeOf = (which: Which): fc.Arbitrary<Change> =>
  fc.oneof(
    { weight: 4, arbitrary: set("trigger", 1, 2, 3) },
    { weight: 1, arbitrary: set("trigger", undefined) },
    { weight: 4, arbitrary: set("at", "east", "west") },
    { weight: 3, arbitrary: set("holder", "external", "internal", "undeclared") },
    { weight: 2, arbitrary: set("hostnames", ["127.0.0.1"], ["localhost"], ["localhost", "127.0.0.1"]) },
    { weight: 2, arbitrary: set("maxAge", undefined, "1h", "90d") },
    { weight: 1, arbitrary: fc.constant(takeOver(which)) },
    { weight: 1, arbitrary: set("onDelete", "internal", "keep") },
    { weight: 1, arbitrary: set("validityDays", 365, 400) },
    { weight: 1, arbitrary: set("regenerate", "1", "2", undefined) },
    { weight: 3, arbitrary: fc.constantFrom(...KINDS).map(rename) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom("server" as const, "provider" as const), fc.constantFrom("a", "b", undefined))
        .map(([kind, name]) => display(kind, which, name)),
    },
  );

export const declarations = fc
  .constantFrom<Which>(0, 0, 1)
  .chain((which) => changeOf(which).map((change) => new Declare(which, change)));
