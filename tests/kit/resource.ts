import { Calls, type Refusal } from "../../provider/adapters/process/calls";
import { journalled } from "../../provider/adapters/process/journal/journalled";
import { type CarriedInputs, carrying } from "../../provider/adapters/pulumi/resource/carried-inputs";
import { PULUMI_WORDS } from "../../provider/adapters/pulumi/words";
import { IncompleteError, isEkmError, withWayOut } from "../../provider/core/errors";
import type { CreateResult, Lifecycle } from "../../provider/core/lifecycle";
import type { Plan } from "../../provider/core/plan";
import type { Description } from "../../provider/core/resource/description";
import type { NamedSystem } from "../../provider/core/system";
import { registry } from "../../provider/systems/registry";
import type { SystemRun } from "./run";

/** What became of one operation. */
export type Did = "created" | "updated" | "replaced" | "unchanged" | "refreshed" | "gone" | "deleted";

export type Outcome<O> =
  | { did: Did; outputs?: O }
  | { refused: Refusal[] }
  /** `code` is the cause's where the resource is left incomplete. */
  | { failed: string; message: string; error: unknown; incomplete: boolean };

/** What the engine keeps of a resource, through JSON each time. */
export interface ResourceState<I = object, O = object> {
  id: string;
  inputs: I;
  outputs: O;
  /** Its latest create or update left it incomplete: the next run updates it, whatever its diff says. */
  hasInitErrors?: true;
}

/** Arguments as a program gives them: the connection that it does not name is the default one. */
export type Given<I, Noun extends string> = Omit<I, Noun> & { [Name in Noun]?: string } & Partial<CarriedInputs>;

interface Entry {
  lifecycle: object;
  description: Description;
  system?: NamedSystem;
}

function entryOf(lifecycle: object): Entry {
  const entries: Entry[] = Object.values(registry);
  const entry = entries.find((each) => each.lifecycle === lifecycle);
  if (entry === undefined) throw new Error("the lifecycle is not in the registry");
  return entry;
}

/** One resource of a program, driven through its lifecycle as the engine drives it, with its part of the state. */
export class SystemResource<I extends object, O extends object, Noun extends string = never> {
  state?: ResourceState<I, O>;
  readonly urn: string;
  private readonly entry: Entry;

  constructor(
    private readonly lifecycle: Lifecycle<I, O>,
    token: string,
    private readonly run: Pick<SystemRun<never, never>, "contexts" | "stack" | "assertNoSecret">,
    name = "main",
  ) {
    this.urn = urnOf(token, name, run.stack);
    this.entry = entryOf(lifecycle);
  }

  /** The arguments as the resource's class completes them. */
  complete(inputs: Given<I, Noun>): I {
    const { system } = this.entry;
    const place = system === undefined ? {} : { [system.noun]: "default" };
    return stored({ resourceUrn: this.urn, ...place, ...inputs }) as unknown as I;
  }

  check(inputs: Given<I, Noun>) {
    return this.calls.check(this.urn, this.state?.inputs ?? {}, this.complete(inputs));
  }

  /** What a preview says of new inputs, unknown ones among them. */
  async preview(inputs: Given<I, Noun>): Promise<Partial<Omit<Plan, "lines">> & { failures: Refusal[] }> {
    const { inputs: checked, failures } = await this.check(inputs);
    if (failures.length > 0 || this.state === undefined) return { failures };
    const { id, outputs } = this.state;
    return { failures, ...(await this.calls.diff(this.urn, id, outputs, stored(checked))) };
  }

  up(inputs: Given<I, Noun>): Promise<Outcome<O>> {
    return this.outcome(async () => {
      const { inputs: news, failures } = await this.check(inputs);
      if (failures.length > 0) return { refused: failures };
      if (this.state === undefined) return this.create(stored(news), "created");
      const { id, outputs } = this.state;
      const { differing, replaces = [] } = await this.calls.diff(this.urn, id, outputs, stored(news));
      if (differing.length === 0 && !this.state.hasInitErrors) {
        this.state.inputs = stored(news);
        return { did: "unchanged", outputs: this.state.outputs };
      }
      if (replaces.length > 0) return this.replace(inputs);
      return this.update(stored(news));
    });
  }

  refresh(): Promise<Outcome<O>> {
    return this.outcome(async () => {
      const { id, outputs } = this.present;
      const found = await this.calls.read(this.urn, id, outputs);
      this.state = found === undefined ? undefined : stored(found);
      return found === undefined ? { did: "gone" } : { did: "refreshed", outputs: this.state?.outputs };
    });
  }

  destroy(): Promise<Outcome<O>> {
    return this.outcome(async () => {
      await this.calls.delete(this.urn, this.present.id, this.present.outputs);
      this.state = undefined;
      return { did: "deleted" };
    });
  }

  private get present() {
    if (this.state === undefined) throw new Error(`${this.urn} is not in state`);
    return this.state;
  }

  /** As the present run makes them. */
  private get calls(): Calls<I, O> {
    const { description, system } = this.entry;
    const kept = journalled(carrying(this.lifecycle as never, system), description, system);
    return new Calls(kept as unknown as Lifecycle<I, O>, this.run.contexts);
  }

  private async create(inputs: I, did: Did): Promise<Outcome<O>> {
    return this.completing(inputs, did, () => this.calls.create(this.urn, inputs));
  }

  private async update(inputs: I): Promise<Outcome<O>> {
    const { id, outputs } = this.present;
    return this.completing(inputs, "updated", async () => ({
      id,
      outputs: await this.calls.update(this.urn, id, outputs, inputs),
    }));
  }

  private async completing(inputs: I, did: Did, work: () => Promise<CreateResult<O>>): Promise<Outcome<O>> {
    try {
      this.state = stored({ ...(await work()), inputs });
    } catch (error) {
      if (error instanceof IncompleteError) this.state = incompleteState(error, inputs);
      throw error;
    }
    return { did, outputs: this.state.outputs };
  }

  /** Deletes first, and checks again as for a new resource. */
  private async replace(inputs: Given<I, Noun>): Promise<Outcome<O>> {
    await this.calls.delete(this.urn, this.present.id, this.present.outputs);
    this.state = undefined;
    const again = await this.check(inputs);
    return this.create(stored(again.inputs), "replaced");
  }

  private async outcome(operation: () => Promise<Outcome<O>>): Promise<Outcome<O>> {
    const outcome = await operation().catch((error: unknown): Outcome<O> => {
      if (!isEkmError(error)) throw error;
      const incomplete = error instanceof IncompleteError;
      const cause = incomplete && isEkmError(error.cause) ? error.cause : error;
      return { failed: cause.code, message: withWayOut(cause, PULUMI_WORDS), error, incomplete };
    });
    this.run.assertNoSecret(JSON.stringify([outcome, this.state]));
    return outcome;
  }
}

function incompleteState<I, O>({ id, outputs }: IncompleteError, inputs: I): ResourceState<I, O> {
  return stored({ id, inputs, outputs, hasInitErrors: true }) as unknown as ResourceState<I, O>;
}

export const urnOf = (token: string, name: string, stack: string): string =>
  `urn:pulumi:${stack}::tests::pulumi-nodejs:dynamic/ekm/${token}::${name}`;

/** As a value comes back from the engine's state. */
export const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value));
