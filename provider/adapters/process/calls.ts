import { type CreateResult, type Lifecycle, type ReadResult, reasonOf } from "../../core/lifecycle";
import type { Plan } from "../../core/plan";
import type { RunContexts } from "./contexts";

/** A complaint about one input, as it is shown. */
export interface Refusal {
  property: string;
  reason: string;
}

/** The result of a check whose lines are told. */
export interface Checked<Inputs> {
  inputs: Inputs;
  failures: Refusal[];
}

/** The calls of one resource type's lifecycle in a run. What they say goes onto the resource's row. */
export class Calls<Inputs extends object, Outputs extends object> {
  constructor(
    private readonly lifecycle: Lifecycle<Inputs, Outputs>,
    private readonly contexts: RunContexts,
  ) {}

  async check(urn: string, olds: Partial<Inputs>, news: Inputs): Promise<Checked<Inputs>> {
    const { inputs, failures, lines } = await this.lifecycle.check(olds, news, this.contexts.planning(urn));
    this.contexts.say(urn, lines);
    const { words } = this.contexts;
    return { inputs, failures: failures.map((failure) => ({ ...failure, reason: reasonOf(failure, words) })) };
  }

  async diff(urn: string, id: string, olds: Outputs, news: Inputs): Promise<Omit<Plan, "lines">> {
    const { lines, ...plan } = await this.lifecycle.diff(id, olds, news, this.contexts.comparing(urn));
    this.contexts.sayPlanned(urn, lines);
    return plan;
  }

  create(urn: string, inputs: Inputs): Promise<CreateResult<Outputs>> {
    return this.lifecycle.create(inputs, this.contexts.changing(urn));
  }

  async read(urn: string, id: string, state: Outputs): Promise<Omit<ReadResult<Inputs, Outputs>, "lines"> | undefined> {
    const found = await this.lifecycle.read(id, state, this.contexts.refreshing(urn));
    if (found === undefined) return undefined;
    const { lines = [], ...seen } = found;
    this.contexts.say(urn, lines);
    return seen;
  }

  update(urn: string, id: string, olds: Outputs, news: Inputs): Promise<Outputs> {
    return this.lifecycle.update(id, olds, news, this.contexts.changing(urn));
  }

  delete(urn: string, id: string, state: Outputs): Promise<void> {
    return this.lifecycle.delete(id, state, this.contexts.changing(urn));
  }
}
