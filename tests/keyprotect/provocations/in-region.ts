import type { Lifecycle } from "../../../provider/core/lifecycle";
import type { Instance } from "../../../provider/systems/keyprotect/api/instance";
import type { InstanceSettings } from "../../../provider/systems/keyprotect/api/settings";
import { rootKey } from "../../../provider/systems/keyprotect/root-key/root-key";
import { keyProtect } from "../../../provider/systems/keyprotect/system";
import type { ResourceToken } from "../../../provider/systems/registry";
import type { KeyProtectSimulator } from "../../../simulator/keyprotect";
import { type Provocation, saidOf } from "../../kit/provocation";
import { type Outcome, SystemResource } from "../../kit/resource";
import { SystemRun } from "../../kit/run";
import { closeAll } from "../../simulator/cleanup";
import { startRegion } from "../simulator/regions";

type Resource<I extends object, O extends object> = SystemResource<I, O, "instance">;

/** A program on a region of its own. */
export class Encounter {
  constructor(
    readonly region: KeyProtectSimulator,
    readonly run: SystemRun<InstanceSettings, Instance>,
  ) {}

  resource<I extends object, O extends object>(token: ResourceToken, lifecycle: Lifecycle<I, O>): Resource<I, O> {
    return new SystemResource(lifecycle, token, this.run, "storage");
  }

  /** The id of a root key that the program has made in its first run. */
  async rootKey(): Promise<string> {
    return made(this.resource("keyprotect:RootKey", rootKey), { onDelete: "keep" });
  }
}

/** Makes a resource, and gives its id. */
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
    const region = await startRegion();
    const { endpoint, fingerprint256, instance, apiKey, iamEndpoint, iamCertificate, kmipEndpoint } = region;
    const settings = { endpoint, fingerprint256, instance, apiKey, iamEndpoint, kmipEndpoint };
    const run = new SystemRun(
      keyProtect,
      { default: { ...settings, iamCaCertificate: iamCertificate } },
      { secret: apiKey },
    );
    try {
      return saidOf(await operate(new Encounter(region, run)));
    } finally {
      await run.close();
      await closeAll();
    }
  };
