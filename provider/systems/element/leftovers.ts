import { type Leftover, noteGone } from "../../core/journal";
import type { Comparing, Context } from "../../core/lifecycle";
import { announcement, type Line } from "../../core/plan";
import type { Cluster } from "./api/cluster";
import { exclusivelyOn, type Identity, type OnCluster } from "./cluster";
import { listKeyProviders } from "./observed/key-providers";
import { listKeyServers } from "./observed/key-servers";
import { clusterOf, nameOf } from "./wording";

/** Kinds of objects that a create leaves behind when its run is cut off before the answer is saved. */
export const LEFTOVER_KINDS = { keyServer: "key server", keyProvider: "key provider" } as const;

/**
 * Notes a create right before its call. An object with an exact name bears no mark, and could not be found again by it.
 */
export async function noteCreation(
  cluster: Cluster,
  { kind, name }: { kind: (typeof LEFTOVER_KINDS)[keyof typeof LEFTOVER_KINDS]; name: string | undefined },
  { history }: Context,
): Promise<void> {
  if (name !== undefined) history.attempt((await cluster.clusterInfo()).uniqueID, { to: kind, name });
}

/** Names the leftovers that will be removed. The master key says so: it comes last, when all declarations are known. */
export const foreseenRemovals = (
  { cluster, clusterUniqueID }: Identity & OnCluster,
  { leftovers }: Pick<Comparing, "leftovers">,
): Line[] =>
  leftovers(clusterUniqueID).map(({ kind, name }) =>
    announcement(
      `${clusterOf({ cluster })}: will look for ${kind} "${name}", which a run that was cut off was about to make, and remove it: nothing declares it`,
    ),
  );

/**
 * Removes objects that a run had just made when it was cut off. State has nothing of them, and so no engine asks for
 * their delete when the program does not declare them any more, or all is destroyed. They are found by their marks, and
 * left alone where they are in use.
 */
export async function removeLeftovers(
  cluster: Cluster,
  { clusterUniqueID }: Identity,
  context: Context,
): Promise<void> {
  const leftovers = context.leftovers(clusterUniqueID);
  if (leftovers.length === 0) return;
  await exclusivelyOn(cluster, context, async () => {
    await detachFromOneAnother(cluster, leftovers);
    for (const leftover of leftovers) {
      const remove = leftover.kind === LEFTOVER_KINDS.keyServer ? removeServer : removeProvider;
      if (await remove(cluster, leftover.name, context)) noteGone(context.journal, clusterUniqueID, leftover);
    }
  });
}

/** A run that was cut off may have attached what it had made, where state has neither of them. */
async function detachFromOneAnother(cluster: Cluster, leftovers: readonly Leftover[]): Promise<void> {
  const namesOf = (kind: string) => leftovers.filter((each) => each.kind === kind).map(({ name }) => name);
  const [servers, providers] = [namesOf(LEFTOVER_KINDS.keyServer), namesOf(LEFTOVER_KINDS.keyProvider)];
  if (servers.length === 0 || providers.length === 0) return;
  const given = (await listKeyProviders(cluster))
    .filter(({ keyProviderName, keyProviderIsActive }) => !keyProviderIsActive && providers.includes(keyProviderName))
    .flatMap(({ keyServerIDs }) => keyServerIDs);
  if (given.length === 0) return;
  for (const { keyServerID, kmipKeyServerName } of await listKeyServers(cluster)) {
    if (!given.includes(keyServerID) || !servers.includes(kmipKeyServerName)) continue;
    await cluster.call("RemoveKeyServerFromProviderKmip", { keyServerID });
  }
}

/** Removes the key server of a name; answers whether there is none any more. */
async function removeServer(cluster: Cluster, name: string, context: Context): Promise<boolean> {
  const server = (await listKeyServers(cluster)).find(({ kmipKeyServerName }) => kmipKeyServerName === name);
  if (server === undefined) return true;
  if (server.keyProviderID !== null) return false;
  await cluster.call("DeleteKeyServerKmip", { keyServerID: server.keyServerID });
  return tell(LEFTOVER_KINDS.keyServer, server.keyServerID, name, context);
}

async function removeProvider(cluster: Cluster, name: string, context: Context): Promise<boolean> {
  const provider = (await listKeyProviders(cluster)).find(({ keyProviderName }) => keyProviderName === name);
  if (provider === undefined) return true;
  const { keyProviderID, keyProviderIsActive, keyServerIDs } = provider;
  if (keyProviderIsActive || keyServerIDs.length > 0) return false;
  await cluster.call("DeleteKeyProviderKmip", { keyProviderID });
  return tell(LEFTOVER_KINDS.keyProvider, keyProviderID, name, context);
}

function tell(kind: "key server" | "key provider", id: number, name: string, { log }: Context): true {
  log.info(`removed ${nameOf(kind, id, name)}: a run that was cut off had made it, and nothing declares it`);
  return true;
}
