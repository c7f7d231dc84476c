import { rootKey } from "../../../provider/systems/keyprotect/root-key/root-key";
import type { ScenarioName } from "../../../simulator/keyprotect";
import type { Provocation, Provocations } from "../../kit/provocation";
import { type Encounter, inRegion, made } from "./in-region";

const keyIn = (encounter: Encounter) => encounter.resource("keyprotect:RootKey", rootKey);

/** An update of a root key to which somebody has done something before the refresh. */
const refreshedAfter = (scenario: ScenarioName): Provocation =>
  inRegion(async (encounter) => {
    const resource = keyIn(encounter);
    const key = await made(resource, {});
    await encounter.scene.somebody(scenario, { key });
    encounter.run.next();
    await resource.refresh();
    return resource.up({});
  });

export const rootKeys: Provocations = {
  EKM_CONNECTION_THROTTLED: inRegion(async (encounter) => {
    const resource = keyIn(encounter);
    await made(resource, {});
    const body = JSON.stringify({ resources: [{ errorMsg: "Too Many Requests: The rate limit is exceeded" }] });
    encounter.scene.region.faults.add({ method: "getKeyMetadata", action: { httpStatus: 429, body } });
    encounter.run.next();
    return resource.refresh();
  }),

  EKM_ROTATION_TOO_EARLY: inRegion(async (encounter) => {
    const resource = keyIn(encounter);
    const rotatedFor = (occasion: string) => ({ rotationTriggers: { occasion } });
    await made(resource, rotatedFor("none"));
    encounter.run.next();
    await made(resource, rotatedFor("an administrator left"));
    encounter.run.next();
    return resource.up(rotatedFor("another one left"));
  }),

  EKM_ROOT_KEY_IMPORTED: inRegion(async (encounter) => {
    const resource = keyIn(encounter);
    const { caller } = encounter.scene;
    await caller.create("/keys", { name: "storage", payload: Buffer.alloc(32, 7).toString("base64") });
    await made(resource, { adopt: encounter.scene.key.id });
    encounter.run.next();
    return resource.up({ rotationTriggers: { occasion: "an administrator left" } });
  }),

  EKM_ROOT_KEY_SUSPENDED: refreshedAfter("suspendKey"),

  EKM_ROOT_KEY_DELETED: refreshedAfter("deleteKey"),

  EKM_ROOT_KEY_IN_USE: inRegion(async (encounter) => {
    const resource = keyIn(encounter);
    const key = await made(resource, { onDelete: "delete" });
    await encounter.scene.somebody("createAdapter", { key, name: "vcenter" });
    encounter.run.next();
    return resource.destroy();
  }),
};
