import type { Entry, Leftover } from "../../core/journal";
import type { Comparing, Context } from "../../core/lifecycle";
import { announcement, type Line } from "../../core/plan";
import type { Instance } from "./api/instance";
import { type Identity, inInstance, type OnInstance } from "./instance";
import { listAdapters, listClientCertificates, listLiveObjects } from "./observed/kmip-adapters";

/**
 * What a create makes that is told to be its own by a mark, and that nobody misses. A root key is none of it: what it wraps is
 * not known here.
 */
export type LeftoverKind = "KMIP adapter" | "client certificate";

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

/** Says what there is to remove. The clients of an adapter tell: they come last, when all declarations are known. */
export const foreseenRemovals = (
  { instance, instanceID }: Identity & OnInstance,
  { leftovers }: Pick<Comparing, "leftovers">,
): Line[] =>
  leftovers(instanceID).map(({ kind, name }) =>
    announcement(
      `${inInstance(instance)}: will look for ${kind} "${name}", which a run that was cut off was about to make, and remove it unless it is used: nothing declares it`,
    ),
  );

/**
 * Removes what a run that was cut off had just made, and nothing declares or uses: the engine does not know of it. To be
 * called by whoever keeps others from the instance meanwhile.
 *
 * @param clients of the adapter whose registrations are looked at, and the IDs and names of those that a program names
 */
export async function removeLeftovers(
  instance: Instance,
  { instanceID }: Identity,
  clients: DeclaredClients,
  context: Context,
): Promise<void> {
  for (const { kind, name, identity } of inOrder(context.leftovers(instanceID))) {
    const found = await REMOVALS[kind as LeftoverKind](instance, name, clients);
    if (found === "in use") continue;
    if (found === "removed") {
      context.log.info(`removed ${kind} "${name}": a run that was cut off had made it, and nothing declares it`);
    }
    context.journal.write(instanceID, identity, FORGOTTEN, "given");
  }
}

const FORGOTTEN: Entry = { receipt: null, before: null, wrote: false, attempts: [] };

type Removal = "none" | "removed" | "in use";
type Remove = (instance: Instance, name: string, clients: DeclaredClients) => Promise<Removal>;

interface DeclaredClients {
  adapter: string;
  declared: readonly string[];
}

/** What uses another one comes before it. */
const REMOVALS: Record<LeftoverKind, Remove> = {
  async "client certificate"(instance, registration, { adapter: own, declared }) {
    const [adapter = "", name = ""] = registration.split("/");
    // Whose clients another adapter has is known where these are declared.
    if (adapter !== own) return "in use";
    const found = (await listClientCertificates(instance, adapter))?.find((each) => each.name === name);
    if (found === undefined) return "none";
    if (declared.includes(found.id) || declared.includes(name)) return "in use";
    const objects = await listLiveObjects(instance, adapter);
    if (objects.some(({ created_by_kmip_client_cert_id: maker }) => maker === found.id)) return "in use";
    await instance.call("deleteKmipClientCertificate", { adapter, id: found.id });
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
};

const ORDER = Object.keys(REMOVALS);

const inOrder = (leftovers: readonly Leftover[]): Leftover[] =>
  [...leftovers].sort((some, other) => ORDER.indexOf(some.kind) - ORDER.indexOf(other.kind));
