import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AnyLifecycle } from "../../provider/core/lifecycle";
import type { Description } from "../../provider/core/resource/description";
import type { ApiCall, NamedSystem, SystemConnection } from "../../provider/core/system";
import { type ResourceToken, registry } from "../../provider/systems/registry";
import { projectRoot } from "../../tools/engine/paths";
import type { Material } from "./material";
import type { SystemRun } from "./run";
import type { SystemScene, SystemTheatre } from "./scene";
import type { OnSystem } from "./specimen";
import { specimens, tokens } from "./specimens";

type AnyRun = Omit<SystemRun<never, never>, "connection">;

/** What theme suites need of a system. */
export interface SimulatedSystem<Scene extends SystemScene = SystemScene, Stage extends string = string> {
  /** Of its API. */
  calls: Readonly<Record<string, ApiCall>>;
  theatre(): SystemTheatre<Scene, Stage, object>;
  /** The stage with everything that specimens take for existing. */
  furnished: Stage;
  /** A run that knows the system as `default`. */
  runOn(scene: Scene): AnyRun;
  /** A run that knows the system as `default` and as `east`, at one address or at two. */
  runOnBoth(scene: Scene, isSameAddress: boolean): AnyRun;
  /** What tells the system from every other one. */
  identityOf(scene: Scene): string;
  /** Connections without a network, as `default` and as `insecure`: each call is left to `call`. */
  offline(call: (method: string) => Promise<object>): (name: string) => SystemConnection;
  /** What a look of a check is answered, by method. */
  answers(material: Material): Readonly<Record<string, object>>;
}

/** The simulated system of a resource; `undefined` where its module has none. */
export function simulatedFor(token: ResourceToken): SimulatedSystem | undefined {
  const [module] = token.split(":");
  const file = `tests/${module}/simulated.ts`;
  const path = join(projectRoot, file);
  if (existsSync(path)) return jest.requireActual<{ simulated: SimulatedSystem }>(path).simulated;
  const { system } = registry[token] as Entry;
  if (system !== undefined) throw new Error(`${token} is on a system that is not simulated: write ${file}`);
  return undefined;
}

/** A resource that is on a system, for a table of tests. */
export interface Subject extends OnSystem {
  token: ResourceToken;
  description: Description;
  lifecycle: AnyLifecycle;
  simulated: SimulatedSystem;
  /** By which it names its system. */
  noun: string;
  another: NonNullable<OnSystem["another"]>;
}

interface Entry {
  description: Description;
  lifecycle: unknown;
  system?: NamedSystem;
}

/** Every resource of the catalogue that makes calls to a system. */
export const subjects: readonly Subject[] = tokens.flatMap((token) => {
  const { description, lifecycle, system } = registry[token] as Entry;
  const { onSystem } = specimens[token];
  if (onSystem === undefined && description.calls !== undefined) {
    throw new Error(`${token} makes calls to a system: give its specimen "onSystem", like those beside it`);
  }
  const simulated = simulatedFor(token);
  if (onSystem === undefined || simulated === undefined || system === undefined) return [];
  const { noun } = system;
  return [
    {
      another: onSystem.existing,
      ...onSystem,
      token,
      description,
      lifecycle: lifecycle as AnyLifecycle,
      simulated,
      noun,
    },
  ];
});
