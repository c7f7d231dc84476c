import { randomBytes } from "node:crypto";
import { IncompleteError } from "../../../core/errors";
import { type History, type Past, pastOf } from "../../../core/history";
import type { Attempt, Entry, Journal, Stage } from "../../../core/journal";
import type { Comparing, Context, CreateResult, Lifecycle, Looking } from "../../../core/lifecycle";
import { announcement } from "../../../core/plan";
import type { Description } from "../../../core/resource/description";
import type { Cluster } from "../../../systems/element/api/cluster";
import { METHODS } from "../../../systems/element/api/methods";
import { isNew } from "../../../systems/element/ownership";
import { clusterOf } from "../../../systems/element/wording";

type Properties = Record<string, unknown>;
type Keeping = Lifecycle<Properties, Properties>;

/** What is given with a call, so that the journal can be asked about its resource. */
export type Journalling<Given extends Comparing> = Given & { journal: Journal };

/**
 * A lifecycle that keeps a journal: whatever a person does after a run that was cut off, the next call about a resource
 * knows whether the result of the last one has arrived, and what was begun.
 */
export function journalled(lifecycle: Keeping, description: Description): Keeping {
  return {
    check(olds, news, context: Journalling<Looking>) {
      context.journal.deliver(objectsNamedIn(news, description));
      const history = isNew(olds) ? historyOf(context, news, NOT_IN_STATE) : presumedOpen(context, news);
      return lifecycle.check(olds, news, { ...context, history });
    },

    async diff(id, olds, news, context: Journalling<Comparing>) {
      const [state, receipt] = withoutReceipt(olds);
      const history = historyOf(context, state, receipt);
      const plan = await lifecycle.diff(id, state, news, { ...context, history });
      arrived(context, state, receipt);
      const past = pastOn(state, history);
      if (past?.standing !== "open") return plan;
      const { cluster } = news;
      const place = typeof cluster === "string" ? `${clusterOf({ cluster })}: ` : "";
      const line = announcement(
        `${place}an earlier run began to change it and did not see that to its end: will look, and do what is missing`,
      );
      return { ...plan, differing: [...plan.differing, "receipt"], lines: [...plan.lines, line] };
    },

    create(inputs, context) {
      const work = new Work(context, [urnOf(inputs)], NOT_IN_STATE, newReceipt());
      return work.completing(() => lifecycle.create(inputs, work.context), description);
    },

    async read(id, olds, context: Journalling<Looking>) {
      const [state, receipt] = withoutReceipt(olds);
      arrived(context, state, receipt);
      const found = await lifecycle.read(id, state, context);
      if (found === undefined || receipt === NO_RECEIPT) return found;
      return { ...found, outputs: { ...found.outputs, receipt } };
    },

    async update(id, olds, news, context) {
      const [state, before] = withoutReceipt(olds);
      const work = new Work(context, [urnOf(state), urnOf(news)], before, newReceipt());
      const updating = async () => ({ id, outputs: await lifecycle.update(id, state, news, work.context) });
      return (await work.completing(updating)).outputs;
    },

    async delete(id, olds, context) {
      const [state, before] = withoutReceipt(olds);
      const work = new Work(context, [urnOf(state)], before, NOT_IN_STATE);
      await lifecycle.delete(id, state, work.context);
      work.end(state);
    },
  };
}

/** One create, update or delete, as the journal tells of it. */
class Work {
  readonly context: Context;
  private readonly entries = new Map<string, Entry>();
  private readonly pasts = new Map<string, Past>();

  /** @param urns of an update under an alias, state's own first: the one or the other is asked for next */
  constructor(
    private readonly run: Context,
    private readonly urns: readonly string[],
    private readonly before: string | null,
    private readonly receipt: string | null,
  ) {
    const history: History = {
      of: (system) => this.past(system),
      attempt: (system, attempt) => this.write(system, { attempt, stage: "attempted" }),
    };
    const cluster = (name: string) =>
      announcing(run.cluster(name), (system) => this.write(system, { wrote: true, stage: "begun" }));
    this.context = { ...run, history, cluster };
  }

  /** Gives the result its receipt, also one that is incomplete. Any other failure leaves open what was begun. */
  async completing(
    work: () => Promise<CreateResult<Properties>>,
    made?: Description,
  ): Promise<CreateResult<Properties>> {
    try {
      const { id, outputs } = await work();
      return { id, outputs: this.stamped(outputs, made && objectOf(made.token, id, outputs)) };
    } catch (error) {
      if (!(error instanceof IncompleteError)) throw error;
      const object = made && objectOf(made.token, error.id, { ...error.outputs });
      throw new IncompleteError(error.id, this.stamped({ ...error.outputs }, object), error.cause);
    }
  }

  /** Notes that a result is given to the engine; whether it is about a system that a journal tells of. */
  end({ clusterUniqueID: system }: Properties, object?: string): boolean {
    if (typeof system !== "string") return false;
    this.write(system, { stage: "given", object });
    return true;
  }

  private stamped(outputs: Properties, object: string | undefined): Properties {
    return this.end(outputs, object) ? { ...outputs, receipt: this.receipt } : outputs;
  }

  /** As it was before this call wrote anything of its own. */
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

/** A cluster that tells before the first write that there will be one. */
function announcing(cluster: Cluster, beforeWrite: (system: string) => void): Cluster {
  const call: Cluster["call"] = async (method, params) => {
    if (METHODS[method].effect !== "read") beforeWrite((await cluster.clusterInfo()).uniqueID);
    return cluster.call(method, params);
  };
  return new Proxy(cluster, { get: (target, key) => (key === "call" ? call : Reflect.get(target, key, target)) });
}

/** An object as a resource that refers to it names it, on the same system. */
const objectOf = (token: string, id: unknown, { cluster }: Properties): string => JSON.stringify([token, id, cluster]);

/**
 * Objects whose ids a resource is given. An engine gives nobody the id of an object before it has saved that one; that it
 * calls something else proves nothing, for it works on several resources at a time.
 */
const objectsNamedIn = (news: Properties, { arguments: given }: Description): string[] =>
  Object.entries(given).flatMap(([name, { refersTo }]) =>
    (refersTo?.resources ?? []).map((token) => objectOf(token, news[name], news)),
  );

const newReceipt = (): string => randomBytes(9).toString("base64url");

const urnOf = ({ resourceUrn }: Properties): string => (typeof resourceUrn === "string" ? resourceUrn : "");

const NOT_IN_STATE = null;
/** Of a resource in state that was last written before there were receipts. */
const NO_RECEIPT = "";

function withoutReceipt({ receipt, ...state }: Properties): [state: Properties, receipt: string] {
  return [state, typeof receipt === "string" ? receipt : NO_RECEIPT];
}

/** For a call that writes nothing. */
const historyOf = ({ journal }: Journalling<Comparing>, properties: Properties, receipt: string | null): History => ({
  of: (system) => pastOf(journal.find(system, urnOf(properties)), receipt),
  attempt() {},
});

/** State shows the result of a create: it was no leftover, whatever became of its run. */
function arrived({ journal }: Journalling<Comparing>, state: Properties, receipt: string): void {
  const { clusterUniqueID: system } = state;
  const entry = typeof system === "string" ? journal.find(system, urnOf(state)) : undefined;
  if (entry?.receipt !== receipt || entry.before !== NOT_IN_STATE || entry.delivered) return;
  journal.write(String(system), urnOf(state), { ...entry, delivered: true }, "begun");
}

/** A check is not told what state shows: what it finds to be begun may have been recorded since. */
const presumedOpen = ({ journal }: Journalling<Comparing>, properties: Properties): History => ({
  of(system) {
    const entry = journal.find(system, urnOf(properties));
    return pastOf(entry, entry?.before ?? NOT_IN_STATE);
  },
  attempt() {},
});

const pastOn = ({ clusterUniqueID: system }: Properties, history: History): Past | undefined =>
  typeof system === "string" ? history.of(system) : undefined;
