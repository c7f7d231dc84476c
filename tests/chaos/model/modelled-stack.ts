import { UNKNOWN } from "../../../provider/core/unknown";
import type { Road } from "../../engine/acceptance/lab";
import type { StateResource } from "../../engine/harness";
import { type Outcome, type ResourceState, stored, urnOf } from "../../kit/resource";
import { KINDS, type Kind } from "./declaration";
import { type Ground, type ModelledResource, ModelledRun } from "./modelled-run";
import { type DeclaredResource, type Look, programOf } from "./program";
import { kindOf, type RunOptions, type RunReport, type Stack, tokenOf, UNTARGETED } from "./stack";

/**
 * The engine's rules in the small: resources in the order of their dependencies, each checked, compared, and created,
 * updated or replaced; what is no longer declared is deleted at the end, dependants first; the first failure ends it all.
 */
export class ModelledStack implements Stack {
  private program: DeclaredResource[] = [];
  private readonly state = new Map<string, ResourceState>();

  constructor(
    readonly name: string,
    private readonly ground: Ground,
  ) {}

  declare(road: Road): void {
    this.program = programOf(road, this.ground.installation.authority);
  }

  resources(): StateResource[] {
    return [...this.state].map(([urn, { id, inputs, outputs }]) => ({
      urn,
      type: urn,
      id,
      inputs: { ...inputs },
      outputs: { ...outputs },
    }));
  }

  /** Forgets everything, as a new stack. */
  clear(): void {
    this.state.clear();
    this.program = [];
  }

  up({ refresh = false, target, interruption }: RunOptions = {}): Promise<RunReport> {
    return this.perform(interruption, async (run) => {
      const targeted = this.program.find(({ kind }) => kind === target);
      const only = targeted && this.urn(targeted.kind, targeted.name);
      if (refresh && only !== undefined && !this.state.has(only))
        return run.fail(UNTARGETED, `${only} is not in state`);
      const isTargeted = (urn: string) => only === undefined || urn === only;
      if (refresh) await this.read(run, isTargeted);
      const declared = new Set<string>();
      for (const resource of this.program) {
        if (run.isStopped) return;
        const urn = this.takeOverAlias(resource);
        declared.add(urn);
        if (isTargeted(urn)) await this.bringUp(run, resource);
      }
      await this.remove(run, (urn) => !declared.has(urn) && isTargeted(urn));
    });
  }

  refresh(): Promise<RunReport> {
    return this.perform(undefined, (run) => this.read(run, () => true));
  }

  destroy({ interruption }: Pick<RunOptions, "interruption"> = {}): Promise<RunReport> {
    return this.perform(interruption, (run) => this.remove(run, () => true));
  }

  /** Changes nothing: neither state nor the cluster. */
  preview(): Promise<RunReport> {
    return this.perform(undefined, async (run) => {
      const known = new Map<Kind, Record<string, unknown>>();
      const look: Look = (kind, output) => known.get(kind)?.[output] ?? UNKNOWN;
      for (const { kind, name, inputs } of this.program) {
        const resource = this.inState(run, kind, name);
        const { failures, differing = [], replaces = [] } = await resource.preview(inputs(look));
        run.note(kind, failures.length > 0 ? { refused: failures } : { did: "unchanged" });
        if (run.isStopped) return;
        const { state } = resource;
        if (state === undefined || replaces.length > 0) continue;
        // Of what is updated, the engine knows the id and the new inputs.
        known.set(kind, { ...(differing.length > 0 ? resource.complete(inputs(look)) : state.outputs), id: state.id });
      }
    });
  }

  private perform(
    interruption: RunOptions["interruption"],
    work: (run: ModelledRun) => Promise<void>,
  ): Promise<RunReport> {
    return ModelledRun.perform(this.ground, this.name, interruption, work);
  }

  private async read(run: ModelledRun, isTargeted: (urn: string) => boolean): Promise<void> {
    for (const urn of [...this.state.keys()].filter(isTargeted)) {
      if (run.isStopped) return;
      await this.operate(run, kindOf(urn), nameIn(urn), (resource) => resource.refresh());
    }
  }

  private async bringUp(run: ModelledRun, { kind, name, dependsOn, inputs }: DeclaredResource): Promise<void> {
    const missing = dependsOn.find((other) => this.outputsOf(other) === undefined);
    if (missing !== undefined) return run.fail(UNTARGETED, `${kind} needs ${missing}`);
    const look: Look = (other, output) => this.outputsOf(other)?.[output];
    await this.operate(run, kind, name, (resource) => resource.up(inputs(look)));
  }

  private async remove(run: ModelledRun, isGone: (urn: string) => boolean): Promise<void> {
    for (const kind of KINDS.toReversed()) {
      for (const urn of [...this.state.keys()].filter((each) => kindOf(each) === kind && isGone(each))) {
        if (run.isStopped) return;
        await this.operate(run, kind, nameIn(urn), (resource) => resource.destroy());
      }
    }
  }

  private async operate(
    run: ModelledRun,
    kind: Kind,
    name: string,
    operation: (resource: ModelledResource) => Promise<Outcome<object>>,
  ): Promise<void> {
    const resource = this.inState(run, kind, name);
    const outcome = await operation(resource);
    if (run.isKilled) return;
    if (resource.state === undefined) this.state.delete(resource.urn);
    else this.state.set(resource.urn, resource.state);
    run.note(kind, outcome);
  }

  private inState(run: ModelledRun, kind: Kind, name: string): ModelledResource {
    const resource = run.resource(kind, name);
    const state = this.state.get(resource.urn);
    resource.state = state && stored(state);
    return resource;
  }

  /** What the program sees of a resource that it declares. */
  private outputsOf(kind: Kind): Record<string, unknown> | undefined {
    const declared = this.program.find((resource) => resource.kind === kind);
    const state = declared && this.state.get(this.urn(kind, declared.name));
    return state && { ...state.outputs, id: state.id };
  }

  /** A resource under a former name goes on under the new one. */
  private takeOverAlias({ kind, name, aliases }: DeclaredResource): string {
    const urn = this.urn(kind, name);
    const former = aliases.map((alias) => this.urn(kind, alias)).find((alias) => this.state.has(alias));
    const state = this.state.get(former ?? "");
    if (former === undefined || state === undefined || this.state.has(urn)) return urn;
    this.state.delete(former);
    this.state.set(urn, state);
    return urn;
  }

  private urn = (kind: Kind, name: string): string => urnOf(tokenOf(kind), name, this.name);
}

const nameIn = (urn: string): string => urn.slice(urn.lastIndexOf("::") + 2);
