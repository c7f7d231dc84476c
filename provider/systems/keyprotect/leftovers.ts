import type { Entry } from "../../core/journal";
import type { Comparing, Context } from "../../core/lifecycle";
import { announcement, type Line } from "../../core/plan";
import type { Instance } from "./api/instance";
import { exclusivelyOn, type Identity, inInstance, type OnInstance } from "./instance";
import { listAdapters, listClientCertificates, listLiveObjects } from "./observed/kmip-adapters";
import { listRootKeys } from "./observed/root-keys";

/** What a create makes that is told to be its own by a mark. */
export type LeftoverKind = "root key" | "KMIP adapter" | "client certificate";

/** To be told right before the call. What has an exact name bears no mark by which it could be found again. */
export function noteCreation(
  { settings }: Instance,
  { kind, name }: { kind: LeftoverKind; name: string | undefined },
  { history }: Context,
): void {
  if (name !== undefined) history.attempt(settings.instance, { to: kind, name });
}

/** A registration is told by its adapter and its name. */
export const registrationAt = (adapter: string, name: string): string => `${adapter}/${name}`;

/** Says what there is to remove. */
export const foreseenRemovals = (
  { instance, instanceID }: Identity & OnInstance,
  { leftovers }: Pick<Comparing, "leftovers">,
): Line[] =>
  leftovers(instanceID).map(({ kind, name }) =>
    announcement(
      `${inInstance(instance)}: will look for ${kind} "${name}", which a run that was cut off was about to make, and remove it: nothing declares it`,
    ),
  );

/** Removes what a run that was cut off had just made, and nothing declares or uses: the engine does not know of it. */
export async function removeLeftovers(instance: Instance, { instanceID }: Identity, context: Context): Promise<void> {
  const leftovers = context.leftovers(instanceID);
  if (leftovers.length === 0) return;
  await exclusivelyOn(instance, context, async () => {
    for (const { kind, name, identity } of leftovers) {
      const found = await REMOVALS[kind as LeftoverKind](instance, name);
      if (found === "in use") continue;
      if (found === "removed") {
        context.log.info(`removed ${kind} "${name}": a run that was cut off had made it, and nothing declares it`);
      }
      context.journal.write(instanceID, identity, FORGOTTEN, "given");
    }
  });
}

const FORGOTTEN: Entry = { receipt: null, before: null, wrote: false, attempts: [] };

type Removal = "none" | "removed" | "in use";

const REMOVALS: Record<LeftoverKind, (instance: Instance, name: string) => Promise<Removal>> = {
  async "root key"(instance, name) {
    const key = (await listRootKeys(instance)).find((each) => each.name === name);
    if (key === undefined) return "none";
    if ((await listAdapters(instance, key.id)).length > 0) return "in use";
    await instance.call("deleteKey", { id: key.id });
    return "removed";
  },

  async "KMIP adapter"(instance, name) {
    const adapter = (await listAdapters(instance)).find((each) => each.name === name);
    if (adapter === undefined) return "none";
    const isUsed = (await listLiveObjects(instance, adapter.id)).length > 0;
    const clients = isUsed ? [] : ((await listClientCertificates(instance, adapter.id)) ?? []);
    if (isUsed || clients.length > 0) return "in use";
    await instance.call("deleteKmipAdapter", { id: adapter.id });
    return "removed";
  },

  async "client certificate"(instance, registration) {
    const [adapter = "", name] = registration.split("/");
    const found = (await listClientCertificates(instance, adapter))?.find((each) => each.name === name);
    if (found === undefined) return "none";
    await instance.call("deleteKmipClientCertificate", { adapter, id: found.id });
    return "removed";
  },
};
