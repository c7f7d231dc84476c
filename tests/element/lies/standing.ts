import { stored } from "../../kit/resource";
import type { Operation } from "../../kit/specimen";
import { Resource, type Run, runOn } from "../harness";
import { type ElementSubject, elementSubjects } from "../specimen";
import type { Scene } from "../stage";

type State = NonNullable<Resource<object, object>["state"]>;

const resourceOf = ({ lifecycle, type }: ElementSubject, run: Run) =>
  new Resource<object, object>(lifecycle, type, run);

/** One resource of every kind in state, for what stands on the stage `external`. */
export class Standing {
  private readonly states = new Map<ElementSubject, State>();

  private constructor(readonly scene: Scene) {}

  static async on(scene: Scene): Promise<Standing> {
    const standing = new Standing(scene);
    const run = runOn(scene);
    for (const subject of elementSubjects) {
      const resource = resourceOf(subject, run);
      const outcome = await resource.up(subject.existing(scene));
      expect(outcome).toMatchObject({ did: "created" });
      standing.states.set(subject, resource.state as State);
    }
    await run.close();
    return standing;
  }

  /** What one operation on a resource comes to, in a run of its own; what is in state stays for the next. */
  async outcome(subject: ElementSubject, operation: Operation) {
    const run = runOn(this.scene);
    const resource = resourceOf(subject, run);
    const state = stored(this.states.get(subject)) as State;
    resource.state = state;
    const before = stored(state);
    const args = { ...subject.existing(this.scene), ...subject.change };
    const outcome = await (operation === "up" ? resource.up(args) : resource[operation]());
    await run.close();
    return { outcome, state: resource.state, before };
  }
}
