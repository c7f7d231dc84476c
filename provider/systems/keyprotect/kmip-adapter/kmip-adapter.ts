import { wasRemoved } from "../../../connections/removal";
import type { Context, Lifecycle } from "../../../core/lifecycle";
import {
  AmbiguousObjectError,
  EqualObjectExistsError,
  ObjectNotFoundError,
  ReplacementRefusedError,
} from "../../../core/object-errors";
import { ADOPT_MATCH, takenOver } from "../../../core/ownership";
import { announcement, differences, info, type Line, warning } from "../../../core/plan";
import { isUnknown } from "../../../core/unknown";
import { assertDeletable, declareAdapter, declareStaying } from "../adapter-deletion";
import { destroyKeys } from "../adapter-keys";
import type { Instance } from "../api/instance";
import { kmipAddress } from "../api/settings";
import type { KmipAdapter } from "../api/types";
import { exclusivelyOn, type Identity, identify, identifyForRead, inInstance } from "../instance";
import { forgetRegistrationsAt, noteCreation } from "../leftovers";
import { findAdapter, ifThere, listAdapters, listClientCertificates, listLiveObjects } from "../observed/kmip-adapters";
import { keyProtect } from "../system";
import { usableKey } from "../usable-key";
import { checkedInputs, checkReplacement, failuresOf, replacing, rootKeyOf } from "./check";
import type { KmipAdapterInputs, KmipAdapterOutputs } from "./resource";

export const kmipAdapter: Lifecycle<KmipAdapterInputs, KmipAdapterOutputs> = {
  async check(olds, news, context) {
    declareAdapter(context);
    const given = checkedInputs(olds, news, context);
    const failures = failuresOf(given, context);
    if (failures.length > 0) return { inputs: given, failures, lines: [] };
    const rootKeyID = await rootKeyOf(olds, given, context);
    const inputs = rootKeyID === undefined ? given : { ...given, rootKeyID };
    const refusals = await checkReplacement(olds, inputs, context);
    return { inputs, failures: refusals, lines: foreseen(olds, inputs) };
  },

  async diff(id, olds, news, context) {
    if (await wasRemoved(keyProtect, olds, (instance) => findAdapter(instance, id), context)) {
      return { differing: ["name"], replaces: ["name"], lines: [] };
    }
    const replaces = replacing(olds, news);
    if (replaces.length === 0) declareStaying(id, context);
    const isReplaced = (name: string) => replaces.includes(name);
    return {
      differing: differences({
        // An alias of the same root key is another spelling.
        rootKey: isUnknown(news.rootKey) || isReplaced("rootKey"),
        name: isUnknown(news.name) || isReplaced("name"),
        description: isUnknown(news.description) || isReplaced("description"),
        instance: olds.instance !== news.instance,
        onDelete: olds.onDelete !== news.onDelete,
      }),
      replaces,
      lines: replaces.length > 0 ? [replacement(olds, news)] : fate(olds, news),
    };
  },

  async create(inputs, context) {
    const { instance, identity } = await identify(context, inputs.instance);
    const { id: rootKeyID } = await usableKey(instance, inputs.rootKey, { name: inputs.rootKey });
    const adapter = await exclusivelyOn(instance, context, () => ownAdapter(instance, rootKeyID, inputs, context));
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
    const adapter = await findAdapter(instance, id);
    if (adapter === undefined) throw gone(instance, id, olds);
    const rootKeyID = news.rootKeyID ?? (await usableKey(instance, news.rootKey, { name: news.rootKey })).id;
    if (rootKeyID !== adapter.profile_data.crk_id) throw otherKey(instance, adapter, rootKeyID);
    return outputsOf(instance, adapter, { ...news, rootKeyID }, identity);
  },

  async delete(id, state, context) {
    const { instance, identity } = await identify(context, state.instance, state);
    if (state.onDelete === "keep") {
      context.log.info(`KMIP adapter "${state.name}" (${id}) stays with the keys in it, as onDelete says`);
      return;
    }
    await exclusivelyOn(instance, context, async () => {
      const { name, onDelete } = state;
      const registrations = (await listClientCertificates(instance, id)) ?? [];
      const attempt = `deleting KMIP adapter "${name}" (${id})`;
      await assertDeletable(instance, { id, onDelete }, registrations, attempt, context);
      if (onDelete === "destroyKeys") await destroyKeys(instance, { id, name }, context);
      await ifThere(instance.call("deleteKmipAdapter", { id }));
      forgetRegistrationsAt(id, identity, context);
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
  const { adopt, name = context.self.name, autoName, description = "", allowExpiringKey, onDelete } = inputs;
  const { place } = instance;
  const adapters = await listAdapters(instance);
  if (adopt !== undefined) return adopted(instance, adapters, { ...inputs, adopt, rootKeyID: crk_id }, context);
  const bearer = adapters.find((each) => each.name === name);
  if (bearer !== undefined) {
    const { profile_data, description: described } = bearer;
    if (autoName !== undefined && profile_data.crk_id === crk_id && described === description) return bearer;
    throw new EqualObjectExistsError({
      attempt: `creating KMIP adapter "${context.self.name}"`,
      place,
      reason: `adapter ${bearer.id} is named "${bearer.name}", and names are unique in an instance`,
      wayOut: `set adopt to "${bearer.id}" to take it over, with the root key and the description that it has, or give another name`,
    });
  }
  // What is to be kept is no leftover.
  noteCreation(instance, { kind: "KMIP adapter", name: onDelete === "keep" ? undefined : autoName }, context);
  return instance.call("createKmipAdapter", { name, description: description || undefined, crk_id, allowExpiringKey });
}

/** @throws ObjectNotFoundError, AmbiguousObjectError */
function adopted(
  { place }: Instance,
  adapters: readonly KmipAdapter[],
  { adopt, rootKeyID, name, description = "" }: KmipAdapterInputs & { adopt: string },
  { self }: Context,
): KmipAdapter {
  const isEqual = (each: KmipAdapter) =>
    each.profile_data.crk_id === rootKeyID &&
    each.description === description &&
    (name === undefined || each.name === name);
  const attempt = `adopting KMIP adapter "${self.name}"`;
  const [found, other] = adapters.filter((each) => (adopt === ADOPT_MATCH ? isEqual(each) : each.id === adopt));
  if (found !== undefined && other !== undefined) {
    const reason = `adapters "${found.name}" and "${other.name}" both have the declared root key and description`;
    throw new AmbiguousObjectError({ attempt, place, reason, wayOut: "set adopt to the ID of one of them" });
  }
  if (found !== undefined && isEqual(found)) return found;
  throw new ObjectNotFoundError({
    attempt,
    place,
    reason: found === undefined ? noneToAdopt(adopt) : `it is ${inWords(found)}`,
    wayOut: "declare what there is, or leave adopt out, and an adapter is made",
  });
}

const noneToAdopt = (adopt: string): string =>
  adopt === ADOPT_MATCH ? "no adapter equals the declared one" : `there is no adapter ${adopt}`;

const inWords = ({ name, description, profile_data: { crk_id } }: KmipAdapter): string =>
  `named "${name}", has ${description === "" ? "no description" : `the description "${description}"`}, and wraps its keys under root key ${crk_id}`;

const gone = ({ place }: Instance, id: string, { name }: KmipAdapterOutputs) =>
  new ObjectNotFoundError({
    attempt: `updating KMIP adapter "${name}" (${id})`,
    place,
    reason: "the instance has no adapter of this ID any more, and the keys in it do not come back",
    wayOut: ({ refreshAndApply }) => `run ${refreshAndApply}: an empty one is made`,
  });

/** What was not known in the preview is refused where it is known. */
const otherKey = ({ place }: Instance, { id, name, profile_data: { crk_id } }: KmipAdapter, rootKeyID: string) =>
  new ReplacementRefusedError({
    attempt: `giving KMIP adapter "${name}" (${id}) the root key ${rootKeyID}`,
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

/** Says what is taken over, and warns of a destroy that shreds. */
function foreseen(olds: Partial<KmipAdapterInputs>, inputs: KmipAdapterInputs): Line[] {
  const { adopt, onDelete, instance } = inputs;
  const which = adopt === ADOPT_MATCH ? "the KMIP adapter that equals the declared one" : `KMIP adapter ${adopt}`;
  const warnings =
    onDelete === "destroyKeys" && olds.onDelete !== "destroyKeys"
      ? [
          warning(
            `${inInstance(instance)}: a destroy will destroy all keys in this KMIP adapter, and make unreadable whatever they encrypt`,
          ),
        ]
      : [];
  return [...takenOver(inInstance(instance), which, olds, inputs), ...warnings];
}

/** Says what a destroy will do where that changes, but for what is warned about. It obeys state, and no program. */
function fate(olds: KmipAdapterOutputs, { onDelete, instance }: KmipAdapterInputs): Line[] {
  if (olds.onDelete === onDelete || onDelete === "destroyKeys") return [];
  const end =
    onDelete === "keep" ? "leave this KMIP adapter" : "delete this KMIP adapter, where no client has keys in it";
  return [info(`${inInstance(instance)}: a destroy will ${end}`)];
}

const replacement = (olds: KmipAdapterOutputs, news: KmipAdapterInputs): Line =>
  announcement(
    `${inInstance(news.instance)}: KMIP adapter "${olds.name}" is deleted, if no client has keys in it by then, and another one made`,
  );
