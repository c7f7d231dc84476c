import type { Context, Lifecycle } from "../../../core/lifecycle";
import { EqualObjectExistsError, ObjectNotFoundError, ReplacementRefusedError } from "../../../core/object-errors";
import { announcement, differences, type Line, warning } from "../../../core/plan";
import { isUnknown } from "../../../core/unknown";
import { destroyKeys, keysInAdapter } from "../adapter-keys";
import type { Instance } from "../api/instance";
import { kmipAddress } from "../api/settings";
import type { Key, KmipAdapter } from "../api/types";
import { AdapterHasClientsError } from "../errors";
import { exclusivelyOn, type Identity, identify, identifyForRead, inInstance } from "../instance";
import { noteCreation, removeLeftovers } from "../leftovers";
import { registrationIn } from "../marks";
import { findAdapter, ifThere, listAdapters, listClientCertificates, listLiveObjects } from "../observed/kmip-adapters";
import { usableKey } from "../usable-key";
import { checkedInputs, checkReplacement, failuresOf, replacing } from "./check";
import type { KmipAdapterInputs, KmipAdapterOutputs } from "./resource";

export const kmipAdapter: Lifecycle<KmipAdapterInputs, KmipAdapterOutputs> = {
  async check(olds, news, context) {
    const inputs = await checkedInputs(olds, news, context);
    const failures = failuresOf(inputs, context);
    if (failures.length > 0) return { inputs, failures, lines: [] };
    const refusals = await checkReplacement(olds, inputs, context);
    return { inputs, failures: refusals, lines: destruction(olds, inputs) };
  },

  async diff(_id, olds, news) {
    const replaces = replacing(olds, news);
    const isOtherKey = isUnknown(news.rootKey) || (news.rootKey !== olds.rootKey && news.rootKeyID !== olds.rootKeyID);
    return {
      differing: [
        ...new Set([
          ...replaces,
          ...differences({
            rootKey: isOtherKey || news.rootKey !== olds.rootKey,
            instance: olds.instance !== news.instance,
            onDelete: olds.onDelete !== news.onDelete,
          }),
        ]),
      ],
      replaces,
      lines: replaces.length > 0 ? [replacement(olds, news)] : [],
    };
  },

  async create(inputs, context) {
    const { instance, identity } = await identify(context, inputs.instance);
    await removeLeftovers(instance, identity, context);
    const rootKey = await usableKey(instance, inputs.rootKey, { name: inputs.rootKey });
    const adapter = await exclusivelyOn(instance, context, () => ownAdapter(instance, rootKey.id, inputs, context));
    return { id: adapter.id, outputs: await outputsOf(instance, adapter, inputs, identity) };
  },

  async read(id, state, context) {
    const { instance, identity } = await identifyForRead(context, state);
    const adapter = (await listAdapters(instance)).find((each) => each.id === id);
    if (adapter === undefined) return undefined;
    const { crk_id } = adapter.profile_data;
    const isSameKey = state.rootKeyID === crk_id && state.rootKey !== undefined;
    const inputs: KmipAdapterInputs = {
      instance: instance.name,
      rootKey: isSameKey ? String(state.rootKey) : crk_id,
      rootKeyID: crk_id,
      name: adapter.name,
      ...(adapter.description === "" ? {} : { description: adapter.description }),
      ...(state.autoName === adapter.name ? { autoName: state.autoName } : {}),
      ...(state.defaults === undefined ? {} : { defaults: state.defaults }),
      onDelete: state.onDelete ?? "refuse",
    };
    return { id, inputs, outputs: await outputsOf(instance, adapter, inputs, identity) };
  },

  async update(id, olds, news, context) {
    const { instance, identity } = await identify(context, news.instance, olds);
    await removeLeftovers(instance, identity, context);
    const adapter = await findAdapter(instance, id);
    if (adapter === undefined) throw gone(instance, id, olds);
    const rootKey = await usableKey(instance, news.rootKey, { name: news.rootKey });
    if (rootKey.id !== adapter.profile_data.crk_id) throw otherKey(instance, adapter, rootKey);
    return outputsOf(instance, adapter, { ...news, rootKeyID: rootKey.id }, identity);
  },

  async delete(id, state, context) {
    const { instance, identity } = await identify(context, state.instance, state);
    await removeLeftovers(instance, identity, context);
    if (state.onDelete === "keep") {
      context.log.info(`KMIP adapter "${state.name}" (${id}) stays with the keys in it, as onDelete says`);
      return;
    }
    await exclusivelyOn(instance, context, async () => {
      await assertNoOtherClients(instance, id, state, context);
      if (state.onDelete === "destroyKeys") await destroyKeys(instance, { id, name: state.name }, context);
      else await assertNoKeys(instance, id, state);
      await ifThere(instance.call("deleteKmipAdapter", { id }));
    });
  },
};

/** The adapter of this resource: the one to adopt, the one that bears its mark, or a new one. */
async function ownAdapter(
  instance: Instance,
  crk_id: string,
  inputs: KmipAdapterInputs,
  context: Context,
): Promise<KmipAdapter> {
  const { adopt, name, autoName, description, allowExpiringKey } = inputs;
  const { place } = instance;
  const wanted = name ?? markOfOwn(inputs, context);
  const adapters = await listAdapters(instance);
  const isEqual = (each: KmipAdapter) =>
    each.profile_data.crk_id === crk_id && (name === undefined || each.name === name);
  const attempt = `${adopt === undefined ? "creating" : "adopting"} KMIP adapter "${context.self.name}"`;
  if (adopt !== undefined) {
    const found = adapters.find((each) => (adopt === "match" ? isEqual(each) : each.id === adopt));
    if (found !== undefined && isEqual(found)) return found;
    const reason =
      found === undefined
        ? adopt === "match"
          ? "no adapter has the declared name and root key"
          : `there is no adapter ${adopt}`
        : `adapter "${found.name}" wraps its keys under root key ${found.profile_data.crk_id}`;
    const wayOut = "declare what there is, or leave adopt out, and an adapter is made";
    throw new ObjectNotFoundError({ attempt, place, reason, wayOut });
  }
  const bearer = adapters.find((each) => each.name === wanted);
  if (bearer !== undefined) {
    if (autoName !== undefined && isEqual(bearer)) return bearer;
    throw new EqualObjectExistsError({
      attempt,
      place,
      reason: `adapter ${bearer.id} is named "${bearer.name}", and names are unique in an instance`,
      wayOut: `set adopt to "${bearer.id}" to take it over, if it wraps its keys under the same root key, or give another name`,
    });
  }
  noteCreation(instance, { kind: "KMIP adapter", name: autoName }, context);
  return instance.call("createKmipAdapter", { name: wanted, description, crk_id, allowExpiringKey });
}

const markOfOwn = ({ autoName }: KmipAdapterInputs, { self }: Context): string => autoName ?? self.name;

/** @throws AdapterHasClientsError */
async function assertNoOtherClients(
  instance: Instance,
  id: string,
  { name }: KmipAdapterOutputs,
  { self }: Context,
): Promise<void> {
  const certificates = (await listClientCertificates(instance, id)) ?? [];
  const others = certificates.filter((each) => !registrationIn(each.name)?.isOfStack(self.stack));
  const [first] = others;
  if (first === undefined) return;
  const more = others.length > 1 ? ` and ${others.length - 1} more` : "";
  throw new AdapterHasClientsError({
    attempt: `deleting KMIP adapter "${name}" (${id})`,
    place: instance.place,
    reason: `client certificate "${first.name}"${more} is registered at it, which this stack has not done`,
    wayOut: 'remove it in the instance\'s console first, or set onDelete to "keep", which leaves the adapter',
  });
}

/** @throws KeysInAdapterError */
async function assertNoKeys(instance: Instance, id: string, { name }: KmipAdapterOutputs): Promise<void> {
  const objects = await listLiveObjects(instance, id);
  if (objects.length === 0) return;
  const wayOut =
    'move the clients away and let them destroy their keys; or set onDelete to "destroyKeys", which makes unreadable whatever these keys encrypt, and apply that first';
  throw await keysInAdapter(instance, { id, name }, objects, "deleting", wayOut);
}

const gone = ({ place }: Instance, id: string, { name }: KmipAdapterOutputs) =>
  new ObjectNotFoundError({
    attempt: `updating KMIP adapter "${name}" (${id})`,
    place,
    reason: "the instance has no adapter of this ID any more, and the keys in it do not come back",
    wayOut: ({ refreshAndApply }) => `run ${refreshAndApply}: an empty one is made`,
  });

/** What was not known in the preview is refused where it is known. */
const otherKey = ({ place }: Instance, { id, name, profile_data: { crk_id } }: KmipAdapter, rootKey: Key) =>
  new ReplacementRefusedError({
    attempt: `giving KMIP adapter "${name}" (${id}) the root key "${rootKey.name}" (${rootKey.id})`,
    place,
    reason: `Key Protect changes nothing of an adapter, and this one wraps its keys under root key ${crk_id}`,
    wayOut:
      "declare an adapter of the other root key under a new logical name beside this one; where no client has keys in this one, run again, and it is replaced",
  });

async function outputsOf(
  instance: Instance,
  adapter: KmipAdapter,
  inputs: KmipAdapterInputs,
  identity: Identity,
): Promise<KmipAdapterOutputs> {
  const { hostname, port } = kmipAddress(instance.settings.kmipEndpoint);
  const { instance: name, rootKey, description, onDelete, autoName, defaults } = inputs;
  return {
    ...identity,
    instance: name,
    rootKey,
    rootKeyID: adapter.profile_data.crk_id,
    name: adapter.name,
    ...(description === undefined ? {} : { description }),
    ...(autoName === undefined ? {} : { autoName }),
    ...(defaults === undefined ? {} : { defaults }),
    onDelete,
    adapterID: adapter.id,
    profile: adapter.profile,
    createdAt: adapter.created_at,
    liveObjects: (await listLiveObjects(instance, adapter.id)).length,
    kmipHostname: hostname,
    kmipPort: port,
  };
}

/** Warns of a destroy that shreds. */
const destruction = (olds: Partial<KmipAdapterInputs>, { onDelete, instance }: KmipAdapterInputs): Line[] =>
  onDelete === "destroyKeys" && olds.onDelete !== "destroyKeys"
    ? [
        warning(
          `${inInstance(instance)}: a destroy will destroy all keys in this KMIP adapter, and make unreadable whatever they encrypt`,
        ),
      ]
    : [];

const replacement = (olds: KmipAdapterOutputs, news: KmipAdapterInputs): Line =>
  announcement(
    `${inInstance(news.instance)}: KMIP adapter "${olds.name}" is deleted, if no client has keys in it by then, and another one made`,
  );
