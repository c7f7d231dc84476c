import type * as pulumi from "@pulumi/pulumi";
import { withoutControlCharacters } from "../../../core/display";
import { type EkmError, IncompleteError, isEkmError, type Place } from "../../../core/errors";
import type { AnyLifecycle } from "../../../core/lifecycle";
import { type NamedSystem, systemName } from "../../../core/system";
import { Calls, type Refusal } from "../../process/calls";
import type { Deed, Outcome } from "../../process/summary";
import type { Runtime } from "../runtime";
import { assertKnownState } from "./newer-state";
import { fromEngine, toEngine } from "./unshown-inputs";

type Properties = Record<string, unknown>;

/** Presents a lifecycle as a Pulumi dynamic provider. */
export class DynamicProvider implements pulumi.dynamic.ResourceProvider {
  private readonly calls: Calls<Properties, Properties>;

  constructor(
    lifecycle: AnyLifecycle,
    private readonly runtime: Runtime,
    /** Absent for resources that are on no system. */
    private readonly system?: NamedSystem,
  ) {
    this.calls = new Calls(lifecycle, runtime.contexts);
  }

  async configure(request: pulumi.dynamic.ConfigureRequest): Promise<void> {
    // The engine's accessor prefixes a bare key with the project's name; an explicit instance's own keys have none.
    const { rawConfig } = request.config as unknown as { rawConfig?: Properties };
    this.runtime.configure(rawConfig ?? {});
  }

  check(olds: Properties, news: Properties): Promise<pulumi.dynamic.CheckResult> {
    return this.told(async () => {
      const { isPreview, ...inputs } = fromEngine(news);
      this.runtime.isPreview = isPreview === true;
      const checked = await this.calls.check(urnOf(inputs), fromEngine(olds), inputs);
      const failures = checked.failures.map((failure) => displayable(printable(failure, inputs)));
      const [failure] = failures;
      if (failure !== undefined) {
        this.runtime.noteFailure();
        this.record(inputs, { failure: failure.reason });
      }
      return { inputs: carried(checked.inputs), failures };
    });
  }

  diff(id: string, olds: Properties, news: Properties): Promise<pulumi.dynamic.DiffResult> {
    return this.told(async () => {
      const inputs = fromEngine(news);
      const plan = await this.calls.diff(urnOf(inputs), id, stateFrom(olds), inputs);
      const { differing, replaces, deletesFirst } = plan;
      const changes = differing.length > 0;
      this.record(inputs, changes ? "pending" : "settled");
      return { changes, replaces, ...(deletesFirst && { deleteBeforeReplace: true }) };
    });
  }

  create(properties: Properties): Promise<pulumi.dynamic.CreateResult> {
    return this.told(async () => {
      const inputs = fromEngine(properties);
      const created = this.calls.create(urnOf(inputs), inputs);
      const { id, outputs } = await this.recorded(inputs, "change", created, () => "settled");
      return { id, outs: carried(outputs) };
    }, properties);
  }

  read(id: string, properties: Properties): Promise<pulumi.dynamic.ReadResult> {
    return this.told(async () => {
      const state = stateFrom(properties);
      const read = this.calls.read(urnOf(state), id, state);
      const found = await this.recorded(state, "look", read, (seen) => (seen === undefined ? "pending" : "settled"));
      // A blank id tells the engine that the object is gone.
      if (found === undefined) return { id: "" };
      return { id: found.id, props: carried(found.outputs), inputs: carried(found.inputs) };
    });
  }

  update(id: string, olds: Properties, news: Properties): Promise<pulumi.dynamic.UpdateResult> {
    return this.told(async () => {
      const inputs = fromEngine(news);
      const updated = this.calls.update(urnOf(inputs), id, stateFrom(olds), inputs);
      return { outs: carried(await this.recorded(inputs, "change", updated, () => "settled")) };
    }, news);
  }

  delete(id: string, properties: Properties): Promise<void> {
    return this.told(async () => {
      const state = stateFrom(properties);
      this.runtime.assertMayDelete(urnOf(state), this.placeOf(state));
      const deleted = this.calls.delete(urnOf(state), id, state);
      return this.recorded(state, "removal", deleted, () => "removed");
    });
  }

  /**
   * Runs a method and gives its failure the form in which the engine shows and keeps it best. `inputs` are of methods that
   * may leave an incomplete resource.
   */
  private async told<T>(method: () => Promise<T>, inputs: Properties = {}): Promise<T> {
    try {
      return await method();
    } catch (error) {
      throw isEkmError(error) ? displayed(error, this.runtime.inFull(error), inputs) : error;
    }
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

/** As the engine's protocol can carry it: without members that are `undefined`, at any depth. */
const carried = (properties: object): Properties => JSON.parse(JSON.stringify(toEngine({ ...properties })));

/** A reason may quote a cluster. */
const displayable = ({ property, reason }: Refusal): Refusal => ({
  property,
  reason: withoutControlCharacters(reason),
});

interface DisplayedError extends Error {
  id?: string;
  properties?: object;
  reasons?: string[];
}

/**
 * The engine prints `message`, and for some methods `stack` on the stack's row as well: an error with a code needs no
 * stack. `id` and `properties` make it keep an incomplete resource, and then it prints the reasons alone.
 */
function displayed(error: EkmError, message: string, { __provider }: Properties): DisplayedError {
  const told: DisplayedError = new Error(withoutControlCharacters(message));
  told.name = error.name;
  told.stack = "";
  if (error instanceof IncompleteError) {
    told.id = error.id;
    // The SDK adds the stub to a method's answer, but not to an error. Without it, nothing could read or delete the
    // resource.
    told.properties = { ...carried(error.outputs), __provider };
    told.reasons = [told.message];
  }
  return told;
}
