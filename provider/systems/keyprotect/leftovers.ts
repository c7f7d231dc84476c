import { type Leftover, noteGone } from "../../core/journal";
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

/**
 * Says what there is to remove. The clients of an adapter tell: they come last, when all declarations are known. Whose clients
 * another adapter has is known where these are declared.
 */
export const foreseenRemovals = (
  { instance, instanceID, adapter }: Identity & OnInstance & { adapter: string },
  { leftovers }: Pick<Comparing, "leftovers">,
): Line[] =>
  leftovers(instanceID)
    .filter((leftover) => adapterOf(leftover) === undefined || adapterOf(leftover) === adapter)
    .map(({ kind, name }) =>
      announcement(
        `${inInstance(instance)}: will look for ${kind} "${name}", which a run that was cut off was about to make, and remove it unless it is used: nothing declares it`,
      ),
    );

/** Where a registration is, if the leftover is one. */
const adapterOf = ({ kind, name }: Leftover): string | undefined =>
  (kind as LeftoverKind) === "client certificate" ? name.split("/")[0] : undefined;

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
  for (const leftover of context.leftovers(instanceID)) {
    if (adapterOf(leftover) !== clients.adapter) continue;
    note(instanceID, leftover, await removeRegistration(instance, leftover.name, clients), context);
  }
  await removeLeftAdapters(instance, { instanceID }, context);
}

/** The same of adapters alone, with what the same runs have registered at them. */
export async function removeLeftAdapters(
  instance: Instance,
  { instanceID }: Pick<Identity, "instanceID">,
  context: Context,
): Promise<void> {
  const all = context.leftovers(instanceID);
  for (const leftover of all.filter((each) => adapterOf(each) === undefined)) {
    note(instanceID, leftover, await removeAdapter(instance, leftover.name, all), context);
  }
}

function note(instanceID: string, leftover: Leftover, found: Removal, { log, journal }: Context): void {
  if (found === "in use") return;
  if (found === "removed") {
    const { kind, name } = leftover;
    log.info(`removed ${kind} "${name}": a run that was cut off had made it, and nothing declares it`);
  }
  noteGone(journal, instanceID, leftover);
}

/** Nothing is registered at an adapter that is gone. */
export function forgetRegistrationsAt(adapter: string, { instanceID }: Identity, context: Context): void {
  for (const leftover of context.leftovers(instanceID)) {
    if (adapterOf(leftover) === adapter) noteGone(context.journal, instanceID, leftover);
  }
}

type Removal = "none" | "removed" | "in use";
interface DeclaredClients {
  adapter: string;
  declared: readonly string[];
}

async function removeRegistration(
  instance: Instance,
  registration: string,
  { adapter, declared }: DeclaredClients,
): Promise<Removal> {
  const found = (await listClientCertificates(instance, adapter))?.find(
    ({ name }) => registrationAt(adapter, name) === registration,
  );
  if (found === undefined) return "none";
  if (declared.includes(found.id) || declared.includes(found.name)) return "in use";
  const objects = await listLiveObjects(instance, adapter);
  if (objects.some(({ created_by_kmip_client_cert_id: maker }) => maker === found.id)) return "in use";
  await instance.call("deleteKmipClientCertificate", { adapter, id: found.id });
  return "removed";
}

/** @param all leftovers of the stack: what the same runs have registered at it is used by nobody who has a key there */
async function removeAdapter(instance: Instance, name: string, all: readonly Leftover[]): Promise<Removal> {
  const adapter = (await listAdapters(instance)).find((each) => each.name === name);
  if (adapter === undefined) return "none";
  if ((await listLiveObjects(instance, adapter.id)).length > 0) return "in use";
  const registrations = (await listClientCertificates(instance, adapter.id)) ?? [];
  const leftBehind = all.filter((each) => adapterOf(each) === adapter.id).map((each) => each.name);
  if (registrations.some((each) => !leftBehind.includes(registrationAt(adapter.id, each.name)))) return "in use";
  await instance.call("deleteKmipAdapter", { id: adapter.id });
  return "removed";
}
