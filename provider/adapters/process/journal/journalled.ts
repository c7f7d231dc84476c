import { randomBytes } from "node:crypto";
import { IncompleteError } from "../../../core/errors";
import { type History, type Past, pastOf } from "../../../core/history";
import type { Attempt, Entry, Journal, Stage } from "../../../core/journal";
import type { Comparing, Context, CreateResult, Lifecycle, Looking } from "../../../core/lifecycle";
import { isNew } from "../../../core/ownership";
import { announcement } from "../../../core/plan";
import { type Description, withDefaults } from "../../../core/resource/description";
import { type NamedSystem, recordedIdentity, systemName, whereabouts } from "../../../core/system";
import { announcing } from "../intercepted";

type Properties = Record<string, unknown>;
type Keeping = Lifecycle<Properties, Properties>;

/** The context of a call, by which the journal can be asked about its resource. */
export type Journalling<Given extends Comparing> = Given & { journal: Journal };

/**
 * A lifecycle that keeps a journal. After a run that was cut off, the next call about a resource knows whether the
 * result of the last one has arrived, and which changes were begun, whatever a person has done in between.
 *
 * @param system absent for resources that are on none
 */
export function journalled(lifecycle: Keeping, description: Description, system?: NamedSystem): Keeping {
  return {
    check(olds, news, context: Journalling<Looking>) {
      context.journal.deliver(objectsNamedIn(news, description, system));
      const history = isNew(olds) ? historyOf(context, news, NOT_IN_STATE) : presumedOpen(context, news);
      return lifecycle.check(olds, news, { ...context, history });
    },

    async diff(id, olds, news, context: Journalling<Comparing>) {
      const [state, receipt] = withoutReceipt(olds);
      const history = historyOf(context, state, receipt);
      const plan = await lifecycle.diff(id, state, news, { ...context, history });
      arrived(context, system, state, receipt);
      const past = pastOn(system, state, history);
      if (past?.standing !== "open") return plan;
      const line = announcement(
        `${whereabouts(system, news)}an earlier run began to change it and did not see that to its end: will look, and do what is missing`,
      );
      return { ...plan, differing: [...plan.differing, "receipt"], lines: [...plan.lines, line] };
    },

    create(inputs, context) {
      const work = new Work(context, system, [urnOf(inputs)], NOT_IN_STATE, newReceipt());
      return work.completing(() => lifecycle.create(inputs, work.context), description);
    },

    async read(id, olds, context: Journalling<Looking>) {
      const [state, receipt] = withoutReceipt(olds);
      arrived(context, system, state, receipt);
      const found = await lifecycle.read(id, state, context);
      if (found === undefined || receipt === NO_RECEIPT) return found;
      return { ...found, outputs: { ...found.outputs, receipt } };
    },

    async update(id, olds, news, context) {
      const [state, before] = withoutReceipt(olds);
      const work = new Work(context, system, [urnOf(state), urnOf(news)], before, newReceipt());
      const updating = async () => ({ id, outputs: await lifecycle.update(id, state, news, work.context) });
      return (await work.completing(updating)).outputs;
    },

    async delete(id, olds, context) {
      const [state, before] = withoutReceipt(olds);
      const work = new Work(context, system, [urnOf(state)], before, NOT_IN_STATE);
      await lifecycle.delete(id, state, work.context);
      work.end(state);
    },
  };
}

/** One create, update or delete, with its notes in the journal. */
class Work {
  readonly context: Context;
  private readonly entries = new Map<string, Entry>();
  private readonly pasts = new Map<string, Past>();

  /** @param urns those of an update under an alias, that of state first: a later call may have either */
  constructor(
    private readonly run: Context,
    private readonly system: NamedSystem | undefined,
    private readonly urns: readonly string[],
    private readonly before: string | null,
    private readonly receipt: string | null,
  ) {
    const history: History = {
      of: (system) => this.past(system),
      attempt: (system, attempt) => this.write(system, { attempt, stage: "attempted" }),
    };
    const connection: Context["connection"] = (system, name) =>
      announcing(system, run.connection(system, name), (identity) =>
        this.write(identity, { wrote: true, stage: "begun" }),
      );
    this.context = { ...run, history, connection };
  }

  /** Gives the result its receipt, also an incomplete one. Any other failure leaves the work open. */
  async completing(
    work: () => Promise<CreateResult<Properties>>,
    made?: Description,
  ): Promise<CreateResult<Properties>> {
    try {
      const { id, outputs } = await work();
      return { id, outputs: this.stamped(outputs, made && objectOf(made.token, id, this.system, outputs)) };
    } catch (error) {
      if (!(error instanceof IncompleteError)) throw error;
      const object = made && objectOf(made.token, error.id, this.system, { ...error.outputs });
      throw new IncompleteError(error.id, this.stamped({ ...error.outputs }, object), error.cause);
    }
  }

  /** Notes that a result is given to the engine; answers `false` where it is on no system, and nothing is noted. */
  end(state: Properties, object?: string): boolean {
    const identity = identityIn(this.system, state);
    if (identity === undefined) return false;
    this.write(identity, { stage: "given", object });
    return true;
  }

  private stamped(outputs: Properties, object: string | undefined): Properties {
    return this.end(outputs, object) ? { ...outputs, receipt: this.receipt } : outputs;
  }

  /** The past as the journal had it before this call wrote its own notes. */
  private past(system: string): Past {
    const [urn = ""] = this.urns;
    const past = this.pasts.get(system) ?? pastOf(this.run.journal.find(system, urn), this.before);
    this.pasts.set(system, past);
    return past;
  }

  private write(system: string, told: { attempt?: Attempt; wrote?: true; stage: Stage; object?: string }): void {
    const { attempt, wrote = false, stage, object } = told;
    const known = this.entries.get(system);
    if (stage === "begun" && known?.wrote) return;
    const { receipt, before } = this;
    const past = this.past(system);
    const { attempts } = known ?? past;
    const entry: Entry = {
      receipt,
      before,
      wrote: wrote || (known?.wrote ?? past.standing === "open"),
      attempts: attempt === undefined ? attempts : [...attempts, attempt],
    };
    this.entries.set(system, entry);
    for (const urn of new Set(this.urns)) {
      if (urn !== "") this.run.journal.write(system, urn, entry, stage, object);
    }
  }
}

/** An object as a resource that refers to it names it, on the same system. */
const objectOf = (token: string, id: unknown, system: NamedSystem | undefined, properties: Properties): string =>
  JSON.stringify([token, id, system && systemName(system, properties)]);

/**
 * Objects whose ids are inputs of a resource. An engine gives nobody the id of an object that it has not saved. Any
 * other call proves nothing, for an engine works on several resources at a time.
 */
function objectsNamedIn(news: Properties, description: Description, system: NamedSystem | undefined): string[] {
  const inputs: Properties = withDefaults(description, news as never);
  return Object.entries(description.arguments).flatMap(([name, { refersTo }]) =>
    (refersTo?.resources ?? []).map((token) => objectOf(token, inputs[name], system, inputs)),
  );
}

const newReceipt = (): string => randomBytes(9).toString("base64url");

const urnOf = ({ resourceUrn }: Properties): string => (typeof resourceUrn === "string" ? resourceUrn : "");

const NOT_IN_STATE = null;
/** Stands for the receipt of a state that was last written before there were receipts. */
const NO_RECEIPT = "";

function withoutReceipt({ receipt, ...state }: Properties): [state: Properties, receipt: string] {
  return [state, typeof receipt === "string" ? receipt : NO_RECEIPT];
}

/** For a call that writes nothing. */
const historyOf = ({ journal }: Journalling<Comparing>, properties: Properties, receipt: string | null): History => ({
  of: (system) => pastOf(journal.find(system, urnOf(properties)), receipt),
  attempt() {},
});

/** State shows the result of a create: its object is no leftover, whatever became of the run. */
function arrived(
  { journal }: Journalling<Comparing>,
  system: NamedSystem | undefined,
  state: Properties,
  receipt: string,
): void {
  const identity = identityIn(system, state);
  const entry = identity === undefined ? undefined : journal.find(identity, urnOf(state));
  if (identity === undefined || entry?.receipt !== receipt) return;
  if (entry.before !== NOT_IN_STATE || entry.delivered) return;
  journal.write(identity, urnOf(state), { ...entry, delivered: true }, "begun");
}

/** A check does not see the receipt in state, and so may take for open what has been recorded since. */
const presumedOpen = ({ journal }: Journalling<Comparing>, properties: Properties): History => ({
  of(system) {
    const entry = journal.find(system, urnOf(properties));
    return pastOf(entry, entry?.before ?? NOT_IN_STATE);
  },
  attempt() {},
});

function pastOn(system: NamedSystem | undefined, state: Properties, history: History): Past | undefined {
  const identity = identityIn(system, state);
  return identity === undefined ? undefined : history.of(identity);
}

/** The recorded identity of the system. An object that never came to its system has none. */
function identityIn(system: NamedSystem | undefined, state: Properties): string | undefined {
  const identity = system && recordedIdentity(system, state);
  return typeof identity === "string" ? identity : undefined;
}
