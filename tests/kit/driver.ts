import { Calls } from "../../provider/adapters/process/calls";
import { type Host, RunContexts } from "../../provider/adapters/process/contexts";
import { RunDeclarations } from "../../provider/adapters/process/declarations";
import { urns } from "../../provider/adapters/pulumi/urn";
import { PULUMI_WORDS } from "../../provider/adapters/pulumi/words";
import type { Clock } from "../../provider/core/clock";
import { NO_JOURNAL } from "../../provider/core/journal";
import type { Lifecycle } from "../../provider/core/lifecycle";

/** Connections by name, of the only system that a test has. */
export const connecting =
  (open: (name: string) => unknown): Host["connection"] =>
  (_system, name) =>
    open(name) as never;

const refusing = (why: string) => () => {
  throw new Error(why);
};

/** Drives lifecycles in a run that stands on nothing but what a test gives it, and keeps what they say. */
export class Driver {
  readonly warnings: string[] = [];
  readonly plans: string[] = [];
  readonly facts: string[] = [];
  readonly clock: Clock;
  private readonly contexts: RunContexts;

  constructor(
    public urn: string,
    given: Pick<Host, "clock"> & Partial<Host>,
  ) {
    const log = {
      announce: (message: string) => void this.plans.push(message),
      progress() {},
      info: (message: string) => void this.facts.push(message),
      warn: (message: string) => void this.warnings.push(message),
    };
    this.clock = given.clock;
    this.contexts = new RunContexts({
      signal: new AbortController().signal,
      connection: refusing("these lifecycles talk to no cluster"),
      identities: urns,
      log: () => log,
      exclusively: refusing("these lifecycles write to nothing that others share"),
      declarations: new RunDeclarations(),
      fleet: { expect() {} },
      journal: NO_JOURNAL,
      words: PULUMI_WORDS,
      ...given,
    });
  }

  drive<I extends object, O extends object>(lifecycle: Lifecycle<I, O>) {
    const { urn } = this;
    const calls = new Calls(lifecycle, this.contexts);
    return {
      check: (olds: Partial<I>, news: I) => calls.check(urn, olds, news),
      diff: (id: string, olds: O, news: I) => calls.diff(urn, id, olds, news),
      create: (inputs: I) => calls.create(urn, inputs),
      read: (id: string, state: O) => calls.read(urn, id, state),
      update: (id: string, olds: O, news: I) => calls.update(urn, id, olds, news),
      delete: (id: string, state: O) => calls.delete(urn, id, state),
    };
  }
}
