import { withoutControlCharacters } from "../../../core/display";
import type { Place } from "../../../core/errors";
import type { AnyLifecycle, CreateResult, ReadResult } from "../../../core/lifecycle";
import type { Plan } from "../../../core/plan";
import { type NamedSystem, systemName } from "../../../core/system";
import { Calls, type Checked, type Refusal } from "../../process/calls";
import type { Deed, Outcome } from "../../process/summary";
import type { Runtime } from "../runtime";
import { assertKnownState } from "./newer-state";
import { fromEngine, toEngine } from "./unshown-inputs";

export type Properties = Record<string, unknown>;

/** The calls of one resource type, about properties as the engine holds them. The run notes what becomes of each. */
export class ResourceCalls {
  private readonly calls: Calls<Properties, Properties>;

  constructor(
    lifecycle: AnyLifecycle,
    private readonly runtime: Runtime,
    /** Absent for resources that are on no system. */
    private readonly system?: NamedSystem,
  ) {
    this.calls = new Calls(lifecycle, runtime.contexts);
  }

  async check(olds: Properties, news: Properties): Promise<Checked<Properties>> {
    const inputs = fromEngine(news);
    const checked = await this.calls.check(urnOf(inputs), fromEngine(olds), inputs);
    const failures = checked.failures.map((failure) => displayable(printable(failure, inputs)));
    const [failure] = failures;
    if (failure !== undefined) {
      this.runtime.noteFailure();
      this.record(inputs, { failure: failure.reason });
    }
    return { inputs: carried(checked.inputs), failures };
  }

  async diff(id: string, olds: Properties, news: Properties): Promise<Omit<Plan, "lines">> {
    const inputs = fromEngine(news);
    const plan = await this.calls.diff(urnOf(inputs), id, stateFrom(olds), inputs);
    this.record(inputs, plan.differing.length > 0 ? "pending" : "settled");
    return plan;
  }

  async create(properties: Properties): Promise<CreateResult<Properties>> {
    const inputs = fromEngine(properties);
    const created = this.calls.create(urnOf(inputs), inputs);
    const { id, outputs } = await this.recorded(inputs, "change", created, () => "settled");
    return { id, outputs: carried(outputs) };
  }

  /** @returns `undefined` where the object is gone */
  async read(id: string, properties: Properties): Promise<ReadResult<Properties, Properties> | undefined> {
    const state = stateFrom(properties);
    const read = this.calls.read(urnOf(state), id, state);
    const found = await this.recorded(state, "look", read, (seen) => (seen === undefined ? "pending" : "settled"));
    return found && { id: found.id, inputs: carried(found.inputs), outputs: carried(found.outputs) };
  }

  async update(id: string, olds: Properties, news: Properties): Promise<Properties> {
    const inputs = fromEngine(news);
    const updated = this.calls.update(urnOf(inputs), id, stateFrom(olds), inputs);
    return carried(await this.recorded(inputs, "change", updated, () => "settled"));
  }

  async delete(id: string, properties: Properties): Promise<void> {
    const state = stateFrom(properties);
    this.runtime.assertMayDelete(urnOf(state), this.placeOf(state));
    const deleted = this.calls.delete(urnOf(state), id, state);
    return this.recorded(state, "removal", deleted, () => "removed");
  }

  /** Notes the outcome of a call for the summary of a fleet. */
  private async recorded<T>(
    properties: Properties,
    deed: Deed,
    called: Promise<T>,
    outcomeOf: (result: T) => Outcome,
  ): Promise<T> {
    try {
      const result = await called;
      this.record(properties, outcomeOf(result), deed);
      return result;
    } catch (failure) {
      if (deed === "change") this.runtime.noteFailure();
      this.record(properties, { failure }, deed);
      throw failure;
    }
  }

  private record(properties: Properties, outcome: Outcome, deed?: Deed): void {
    const place = this.placeOf(properties);
    if (place === undefined) return;
    this.runtime.summary.record({ urn: urnOf(properties), place }, outcome, deed);
  }

  private placeOf(properties: Properties): Place | undefined {
    const name = this.system && systemName(this.system, properties);
    return this.system !== undefined && typeof name === "string" ? { noun: this.system.noun, name } : undefined;
  }
}

/** As the engine's protocol can carry it: without members that are `undefined`, at any depth. */
export const carried = (properties: object): Properties => JSON.parse(JSON.stringify(toEngine({ ...properties })));

/**
 * The engine prints the value of the property that a failure names: a text of several lines in full, and `<nil>` for a
 * property that it does not find among the members of the inputs. For these, the reason names the property in words.
 */
function printable({ property, reason }: Refusal, inputs: Properties): Refusal {
  const [top = ""] = property.split(/[.[]/);
  const value = inputs[top];
  if (value === undefined || value === null || (typeof value === "string" && value.includes("\n"))) {
    return { property: "", reason: property === "" ? reason : `${property}: ${reason}` };
  }
  return { property: top, reason: property === top ? reason : `${property}: ${reason}` };
}

/** The outputs that the engine has recorded, unless a newer release has written them. */
function stateFrom(properties: Properties): Properties {
  const state = fromEngine(properties);
  assertKnownState(state, urnOf(state));
  return state;
}

const urnOf = ({ resourceUrn }: Properties): string => (typeof resourceUrn === "string" ? resourceUrn : "");

/** A reason may quote a cluster. */
const displayable = ({ property, reason }: Refusal): Refusal => ({
  property,
  reason: withoutControlCharacters(reason),
});
