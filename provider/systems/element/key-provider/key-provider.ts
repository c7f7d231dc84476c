import { wasRemoved } from "../../../connections/removal";
import { type CheckFailure, type Context, type Lifecycle, type Looking, refusal } from "../../../core/lifecycle";
import { ObjectNotFoundError } from "../../../core/object-errors";
import { ownObject, resolveName } from "../../../core/ownership";
import { differences, warning } from "../../../core/plan";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { isUnknown } from "../../../core/unknown";
import { adoptedName, adoption } from "../adoption";
import type { Cluster } from "../api/cluster";
import type { KeyProviderKmip } from "../api/types";
import { checkCluster, exclusivelyOn, identify, identifyForRead, isConnectionKnown } from "../cluster";
import { ProviderActiveError } from "../errors";
import { LEFTOVER_KINDS, noteCreation, removeLeftovers } from "../leftovers";
import { activeReason, findKeyProvider, listKeyProviders, waitUntilInactive } from "../observed/key-providers";
import { element } from "../system";
import { type KeyProviderInputs, type KeyProviderOutputs, keyProviderResource } from "./resource";

const DELETE_DEADLINE_SECONDS = 600;

export const keyProvider: Lifecycle<KeyProviderInputs, KeyProviderOutputs> = {
  deleteWaits: true,

  async check(olds, news, context) {
    const inputs = { ...withDefaults(keyProviderResource, news), ...resolveName(olds, news, context) };
    const failures = [...checkArguments(keyProviderResource, inputs), ...checkCluster(inputs, context)];
    if (failures.length > 0) return { inputs, failures, lines: [] };
    const lines = adoption(adoptedName("key provider", news), olds, news);
    if (!isRenamed(olds, inputs)) return { inputs, failures, lines };
    const refusals = [...(await checkRename(olds, inputs, context)), ...checkSuccessor(olds, inputs)];
    return { inputs, failures: refusals, lines };
  },

  async diff(id, olds, news, context) {
    const renamed = isRenamed(olds, news);
    const removed = await wasRemoved(element, olds, (cluster) => findKeyProvider(cluster, Number(id)), context);
    return {
      differing: differences({
        name: renamed || removed || isUnknown(news.name),
        cluster: olds.cluster !== news.cluster,
      }),
      replaces: renamed || removed ? ["name"] : [],
      lines: renamed ? [renaming(olds, news)] : [],
    };
  },

  async create(inputs, context) {
    const { cluster, identity } = await identify(context, inputs.cluster);
    const provider = await exclusivelyOn(cluster, context, async () => {
      const providers = await listKeyProviders(cluster);
      const candidates = providers.map(({ keyProviderID, keyProviderName }) => ({
        id: keyProviderID,
        name: keyProviderName,
        equal: inputs.name === undefined || keyProviderName === inputs.name,
      }));
      const own = ownObject("key provider", cluster.place, inputs, candidates, context);
      const found = providers.find(({ keyProviderID }) => keyProviderID === own);
      if (found !== undefined) return sameName(found, inputs, cluster, context);
      const keyProviderName = inputs.name ?? context.self.name;
      await noteCreation(cluster, { kind: LEFTOVER_KINDS.keyProvider, name: inputs.autoName }, context);
      return (await cluster.call("CreateKeyProviderKmip", { keyProviderName })).kmipKeyProvider;
    });
    const { keyProviderID, keyProviderName: name } = provider;
    return { id: String(keyProviderID), outputs: { ...inputs, ...identity, name, keyProviderID } };
  },

  async read(id, state, context) {
    const { cluster, identity } = await identifyForRead(context, state);
    const provider = await findKeyProvider(cluster, Number(id));
    if (provider === undefined) return undefined;
    const { keyProviderID: _recorded, stateVersion, clusterUniqueID, tlsVerification, ...inputs } = state;
    const { keyProviderID, keyProviderName: name } = provider;
    const current = { ...inputs, cluster: cluster.name, name };
    return { id, inputs: current, outputs: { ...current, ...identity, keyProviderID } };
  },

  async update(id, olds, news, context) {
    const { cluster, identity } = await identify(context, news.cluster, olds);
    const provider = await findKeyProvider(cluster, Number(id));
    if (provider === undefined) {
      throw new ObjectNotFoundError({
        attempt: `updating key provider ${id} "${olds.name}"`,
        place: cluster.place,
        reason: "the cluster has no key provider of this id any more",
        wayOut: ({ refreshAndApply }) => `run ${refreshAndApply}: it is created anew`,
      });
    }
    return { ...news, ...identity, name: provider.keyProviderName, keyProviderID: olds.keyProviderID };
  },

  async delete(id, state, context) {
    const { cluster } = await identify(context, state.cluster, state);
    await removeLeftovers(cluster, state, context);
    const deadline = context.deadlineSeconds ?? DELETE_DEADLINE_SECONDS;
    await waitUntilInactive(cluster, Number(id), `deleting key provider ${id} "${state.name}"`, deadline, context);
    await exclusivelyOn(cluster, context, async () => {
      if ((await findKeyProvider(cluster, Number(id))) === undefined) return;
      await cluster.call("DeleteKeyProviderKmip", { keyProviderID: Number(id) });
    });
  },
};

/** A provider that is taken over by its id must have the declared name: the next run would replace it for another one. */
function sameName(
  found: KeyProviderKmip,
  { name, adopt }: KeyProviderInputs,
  cluster: Cluster,
  context: Context,
): KeyProviderKmip {
  const { keyProviderName } = found;
  if (name === undefined || name === keyProviderName) return found;
  throw new ObjectNotFoundError({
    attempt: `adopting key provider "${context.self.name}"`,
    place: cluster.place,
    reason: `key provider ${adopt} is named "${keyProviderName}", not "${name}", and Element cannot rename it`,
    wayOut: "declare that name, or leave name out",
  });
}

/** Element cannot rename: a provider of another name is another provider. */
const isRenamed = (olds: Partial<KeyProviderInputs>, news: KeyProviderInputs): boolean =>
  olds.name !== undefined && news.name !== undefined && !isUnknown(news.name) && olds.name !== news.name;

const renaming = (olds: KeyProviderOutputs, news: KeyProviderInputs) =>
  warning(
    `Element cannot rename a key provider: "${olds.name}" is deleted, unless it is active by then, and "${news.name}" made`,
  );

async function checkRename(olds: Partial<KeyProviderInputs>, news: KeyProviderInputs, context: Looking) {
  const name = olds.cluster ?? news.cluster;
  if (!isConnectionKnown(name, context)) return [];
  const { cluster } = await identify(context, name);
  // Check is not told the id, and names are not unique: one active bearer of the name is enough to refuse.
  const bearers = (await listKeyProviders(cluster)).filter(({ keyProviderName }) => keyProviderName === olds.name);
  const active = bearers.find(({ keyProviderIsActive }) => keyProviderIsActive);
  if (active === undefined) return [];
  const reason = await activeReason(cluster, active.keyProviderID);
  if (reason === undefined) return [];
  const refused = new ProviderActiveError({
    attempt: `renaming key provider ${active.keyProviderID} "${olds.name}"`,
    place: cluster.place,
    reason: `Element can only delete it and make another one, and ${reason}`,
    wayOut:
      `keep the name "${olds.name}", or move the keys to a provider under a new logical name (with its own server and ` +
      "attachment) and remove this one in the same program",
  });
  return [refusal("name", refused)];
}

/**
 * The replacement of an adopted provider cannot adopt: the old provider is gone by then, and its id never comes back.
 */
const checkSuccessor = (olds: Partial<KeyProviderInputs>, news: KeyProviderInputs): CheckFailure[] =>
  news.adopt === undefined || news.adopt !== olds.adopt
    ? []
    : [
        {
          property: "adopt",
          reason: `the new name needs a new key provider, and there is none to adopt: leave adopt out, or keep the name "${olds.name}"`,
        },
      ];
