import { isDeepStrictEqual } from "node:util";
import { type Context, isRecorded, type Lifecycle } from "../../../core/lifecycle";
import { ObjectNotFoundError } from "../../../core/object-errors";
import { ownObject } from "../../../core/ownership";
import { announcement, differences, info, warning } from "../../../core/plan";
import { inputsIn, withDefaults } from "../../../core/resource/description";
import { isGone, KeyProtectApiError } from "../api/errors";
import type { Instance } from "../api/instance";
import type { Key } from "../api/types";
import { RootKeyInUseError } from "../errors";
import { exclusivelyOn, type Identity, identify, identifyForRead, inInstance } from "../instance";
import { removeLeftAdapters } from "../leftovers";
import { listAdapters } from "../observed/kmip-adapters";
import { DELETED, findRootKey, listRootKeys, versionCreatedOf, versionOf } from "../observed/root-keys";
import { usableKey } from "../usable-key";
import { checkedInputs, failuresOf, foreseen } from "./check";
import { type RootKeyInputs, type RootKeyOutputs, rootKeyResource } from "./resource";
import { isOverAge, rotated, rotationReason } from "./rotation";

export const rootKey: Lifecycle<RootKeyInputs, RootKeyOutputs> = {
  async check(olds, news, context) {
    const inputs = checkedInputs(olds, news, context);
    const failures = failuresOf(olds, inputs, context);
    return { inputs, failures, lines: failures.length > 0 ? [] : foreseen(olds, inputs) };
  },

  async diff(_id, olds, news, context) {
    const reason = rotationReason(olds, olds, news, context);
    const differing = differences({
      instance: olds.instance !== news.instance,
      keyRing: isMoved(olds, news),
      rotationTriggers: !isDeepStrictEqual(olds.rotationTriggers ?? {}, news.rotationTriggers ?? {}),
      maxAge: olds.maxAge !== news.maxAge,
      onDelete: olds.onDelete !== news.onDelete,
      state: olds.state !== "active",
      rotationDue: isOverAge(olds.keyVersionCreated, news.maxAge, context.clock.now()),
      keyVersion: olds.keyVersion !== olds.recordedKeyVersion,
    });
    const place = inInstance(news.instance);
    const rotation =
      reason !== undefined && olds.state === "active"
        ? [
            olds.imported
              ? warning(`${place}: will be refused: the material of root key "${olds.name}" was imported (${reason})`)
              : announcement(`${place}: will rotate root key "${olds.name}" (${reason})`),
          ]
        : [];
    const end =
      olds.expirationDate === undefined
        ? []
        : [
            warning(
              `${place}: root key "${olds.name}" ends on ${olds.expirationDate}: no key can be made under it then`,
            ),
          ];
    const fate =
      olds.onDelete !== news.onDelete && news.onDelete === "keep"
        ? [info(`${place}: a destroy will leave this root key`)]
        : [];
    const standing =
      olds.state === "active"
        ? []
        : [
            warning(
              `${place}: will be refused while root key "${olds.name}" is ${olds.state}: enabling and restoring are a person's decisions`,
            ),
          ];
    return { differing, lines: [...standing, ...rotation, ...end, ...fate] };
  },

  async create(inputs, context) {
    const { instance, identity } = await identify(context, inputs.instance);
    const key = await exclusivelyOn(instance, context, () => ownKey(instance, inputs, context));
    await movedToRing(instance, key, inputs);
    return { id: key.id, outputs: outputsOf(key, inputs, identity, versionOf(key)) };
  },

  async read(id, recorded, context) {
    const { instance, identity } = await identifyForRead(context, recorded);
    const key = await findRootKey(instance, id);
    if (key === undefined) return undefined;
    if (key === DELETED) {
      if (!isRecorded(recorded, "recordedKeyVersion")) return undefined;
      const outputs: RootKeyOutputs = { ...recorded, state: "destroyed" };
      return { id, inputs: inputsIn(rootKeyResource, outputs), outputs };
    }
    const state = isRecorded(recorded, "recordedKeyVersion") ? recorded : asRecorded(key, identity, instance.name);
    const found = outputsOf(key, inputsIn(rootKeyResource, state), identity, state.recordedKeyVersion);
    const due = isOverAge(found.keyVersionCreated, state.maxAge, context.clock.now()) || undefined;
    const outputs = { ...found, keyRing: foundRing(key, state), state: key.state, rotationDue: due };
    return { id, inputs: inputsIn(rootKeyResource, outputs), outputs };
  },

  async update(id, olds, news, context) {
    const { instance, identity } = await identify(context, news.instance, olds);
    const key = await rotated(instance, id, { olds, news, context });
    await movedToRing(instance, key, news);
    const was = olds.keyVersion;
    if (versionOf(key) !== was) {
      context.log.info(
        `root key "${key.name}" has version ${versionOf(key)}; what is wrapped under ${was} stays readable`,
      );
    }
    return outputsOf(key, { ...news, name: key.name }, identity, versionOf(key));
  },

  async delete(id, state, context) {
    const { instance, identity } = await identify(context, state.instance, state);
    // It is deleted last: adapters of which state knows nothing are not in the way of others.
    if (context.leftovers(identity.instanceID).length > 0) {
      await exclusivelyOn(instance, context, () => removeLeftAdapters(instance, identity, context));
    }
    if (state.onDelete === "keep") {
      context.log.info(`root key "${state.name}" (${id}) stays, as onDelete says`);
      return;
    }
    await exclusivelyOn(instance, context, () => destroyed(instance, id, state));
  },
};

/** The key of this resource: the one to adopt, the one that bears its mark, or a new one. */
async function ownKey(instance: Instance, inputs: RootKeyInputs, context: Context): Promise<Key> {
  const { adopt, name, autoName, description, keyRing } = inputs;
  if (adopt !== undefined) return adopted(instance, inputs, context);
  const keys = await listRootKeys(instance);
  const candidates = keys
    .filter(({ state }) => state === "active" || state === "suspended")
    .map((key) => ({ id: key.id, name: key.name, equal: key.name === name }));
  const own = ownObject("root key", instance.place, { name, autoName }, candidates, context);
  if (own !== undefined) return usableKey(instance, own, { name: own });
  return instance.call("createKey", { name: name ?? context.self.name, description, keyRing });
}

async function adopted(
  instance: Instance,
  { adopt = "", name, description }: RootKeyInputs,
  { self }: Context,
): Promise<Key> {
  const key = await findRootKey(instance, adopt);
  const refused = (reason: string, wayOut: string) =>
    new ObjectNotFoundError({ attempt: `adopting root key "${self.name}"`, place: instance.place, reason, wayOut });
  if (key === undefined || key === DELETED)
    throw refused(`there is no key ${adopt}`, "set adopt to the ID or an alias of a root key");
  if (key.extractable) throw refused(`${adopt} is a standard key`, "set adopt to the ID or an alias of a root key");
  if (key.state !== "active")
    throw refused(`the state of key ${adopt} is ${key.state}`, "set adopt to an active root key");
  if (name !== undefined && name !== key.name) {
    throw refused(`key ${adopt} is named "${key.name}", not "${name}"`, "declare that name, or leave name out");
  }
  if (description !== undefined && description !== key.description) {
    const other = key.description ? `the description "${key.description}"` : "no description";
    throw refused(`key ${adopt} has ${other}, not "${description}"`, "declare what it has, or leave description out");
  }
  return key;
}

/** @throws RootKeyInUseError */
async function destroyed(instance: Instance, id: string, { name }: RootKeyOutputs): Promise<void> {
  const adapters = await listAdapters(instance, id);
  const inUse = (reason: string) =>
    new RootKeyInUseError({
      attempt: `deleting root key ${id} "${name}"`,
      place: instance.place,
      reason,
      wayOut: 'delete what uses it first, or set onDelete to "keep", which leaves the key',
    });
  const [first] = adapters;
  if (first !== undefined) {
    const others = adapters.length > 1 ? ` and ${adapters.length - 1} more` : "";
    throw inUse(`KMIP adapter "${first.name}"${others} wraps its keys under it`);
  }
  try {
    await instance.call("deleteKey", { id });
  } catch (error) {
    if (isGone(error)) return;
    if (error instanceof KeyProtectApiError && error.vendorName === "PROTECTED_RESOURCE_ERR")
      throw inUse(error.message);
    throw error;
  }
}

const USUAL_RING = "default";
const ringOf = ({ keyRing }: Pick<RootKeyInputs, "keyRing">): string => keyRing ?? USUAL_RING;
/** A ring that is left out where the key is in no other one is none that differs. */
const isMoved = (olds: Pick<RootKeyInputs, "keyRing">, news: Pick<RootKeyInputs, "keyRing">): boolean =>
  ringOf(olds) !== ringOf(news);

/** Moves a key where it is in another ring than the declared one. */
async function movedToRing(instance: Instance, { id, keyRingID }: Key, news: RootKeyInputs): Promise<void> {
  if (isMoved({ keyRing: keyRingID }, news)) await instance.call("patchKey", { id, keyRingID: ringOf(news) });
}

const foundRing = ({ keyRingID = USUAL_RING }: Key, { keyRing }: RootKeyInputs): string | undefined =>
  keyRingID === (keyRing ?? USUAL_RING) ? keyRing : keyRingID;

function outputsOf(key: Key, inputs: RootKeyInputs, identity: Identity, recordedKeyVersion: string): RootKeyOutputs {
  const { adopt: _, ...kept } = inputs;
  return {
    ...kept,
    ...identity,
    onDelete: inputs.onDelete ?? "keep",
    name: key.name,
    description: key.description || undefined,
    state: "active",
    keyID: key.id,
    crn: key.crn,
    imported: key.imported,
    keyVersion: versionOf(key),
    keyVersionCreated: versionCreatedOf(key),
    expirationDate: key.expirationDate,
    recordedKeyVersion,
  };
}

/** What a run that made the key would have recorded. */
const asRecorded = (key: Key, identity: Identity, instance: string): RootKeyOutputs =>
  outputsOf(key, withDefaults(rootKeyResource, { instance } as RootKeyInputs), identity, versionOf(key));
