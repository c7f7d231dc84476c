import type { Lifecycle } from "../../../provider/core/lifecycle";
import { rootKey } from "../../../provider/systems/keyprotect/root-key/root-key";
import type { ResourceToken } from "../../../provider/systems/registry";
import { type Provocation, saidOf } from "../../kit/provocation";
import type { Outcome } from "../../kit/resource";
import { Resource, type Run, runOn } from "../harness";
import type { Scene } from "../stage";
import { useTheatre } from "../table";

const theatre = useTheatre();

/** A program on a region of its own. */
export class Encounter {
  constructor(
    readonly scene: Scene,
    readonly run: Run,
  ) {}

  resource<I extends object, O extends object>(token: ResourceToken, lifecycle: Lifecycle<I, O>): Resource<I, O> {
    return new Resource(lifecycle, token, this.run, "storage");
  }

  /** The id of a root key that the program has made in its first run. */
  rootKey(): Promise<string> {
    return made(this.resource("keyprotect:RootKey", rootKey), {});
  }
}

/** Makes or changes a resource, and gives its id. */
export async function made<I extends object, O extends object>(
  resource: Resource<I, O>,
  inputs: Parameters<Resource<I, O>["up"]>[0],
): Promise<string> {
  const outcome = await resource.up(inputs);
  if (resource.state === undefined || !("did" in outcome)) throw new Error(JSON.stringify(outcome));
  return resource.state.id;
}

/** What the last of the operations in a region ends with. */
export const inRegion =
  (operate: (encounter: Encounter) => Promise<Outcome<object>>): Provocation =>
  async () => {
    const scene = await theatre.scene("bare");
    const run = runOn(scene);
    try {
      return saidOf(await operate(new Encounter(scene, run)));
    } finally {
      await run.close();
    }
  };
