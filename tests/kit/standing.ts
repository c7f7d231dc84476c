import type { AnyLifecycle } from "../../provider/core/lifecycle";
import { type Outcome, type ResourceState, SystemResource, stored } from "./resource";
import type { SystemScene } from "./scene";
import type { Subject } from "./simulated";
import type { Arguments, Operation } from "./specimen";

type State = ResourceState<Record<string, unknown>, Record<string, unknown>>;
type Standee = Pick<Subject, "token" | "existing" | "change" | "simulated"> & { lifecycle: object };

/** One resource of every kind in state, for what stands on a system's furnished stage. */
export class Standing {
  private readonly states = new Map<string, State>();

  private constructor(readonly scene: SystemScene) {}

  static async on(scene: SystemScene, standees: readonly Standee[]): Promise<Standing> {
    const standing = new Standing(scene);
    for (const standee of standees) {
      const [resource, run] = standing.inRun(standee);
      const outcome = await resource.up(standee.existing(scene));
      expect(outcome).toMatchObject({ did: "created" });
      standing.states.set(standee.token, resource.state as State);
      await run.close();
    }
    return standing;
  }

  /** What one operation on a resource comes to, in a run of its own; what is in state stays for the next. */
  async outcome(
    standee: Standee,
    operation: Operation,
    change: Arguments = standee.change,
  ): Promise<{ outcome: Outcome<object>; state: State | undefined; before: State }> {
    const [resource, run] = this.inRun(standee);
    const before = stored(this.states.get(standee.token)) as State;
    resource.state = stored(before);
    const outcome = await (operation === "up"
      ? resource.up({ ...standee.existing(this.scene), ...change })
      : resource[operation]());
    await run.close();
    return { outcome, state: resource.state, before };
  }

  private inRun({ lifecycle, token, simulated }: Standee) {
    const run = simulated.runOn(this.scene);
    return [new SystemResource(lifecycle as AnyLifecycle, token, run), run] as const;
  }
}
