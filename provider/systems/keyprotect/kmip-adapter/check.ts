import { isConnectionKnown } from "../../../connections/configured";
import { type CheckFailure, type Looking, refusal } from "../../../core/lifecycle";
import { isNew } from "../../../core/ownership";
import { checkArguments, withDefaults } from "../../../core/resource/description";
import { isUnknown } from "../../../core/unknown";
import { keysInAdapter } from "../adapter-keys";
import { isUuid } from "../api/uuid";
import { checkInstance, identify } from "../instance";
import { markedName } from "../marks";
import { listAdapters, listLiveObjects } from "../observed/kmip-adapters";
import { DELETED, findRootKey } from "../observed/root-keys";
import { keyProtect } from "../system";
import { type KmipAdapterInputs, kmipAdapterResource } from "./resource";

/** Arguments with what check leaves in them. */
export function checkedInputs(
  olds: Partial<KmipAdapterInputs>,
  news: KmipAdapterInputs,
  { self }: Pick<Looking, "self">,
): KmipAdapterInputs {
  const marked = markedName(self);
  const autoName = isNew(olds) && news.name === undefined && news.adopt === undefined ? marked : olds.autoName;
  const given = news.name === undefined ? { name: olds.name ?? autoName, autoName } : { autoName: undefined };
  const undecided = news.onDelete === undefined ? { defaults: ["onDelete" as const] } : {};
  return { ...withDefaults(kmipAdapterResource, news), ...given, ...undecided };
}

/** The root key by its ID, by the alias that was given before, or by a look; `undefined` where it is not known in a preview. */
export async function rootKeyOf(
  olds: Partial<KmipAdapterInputs>,
  { rootKey, instance }: KmipAdapterInputs,
  context: Looking,
): Promise<string | undefined> {
  if (isUnknown(rootKey)) return undefined;
  if (isUuid(rootKey)) return rootKey;
  if (rootKey === olds.rootKey && olds.rootKeyID !== undefined) return olds.rootKeyID;
  if (!isConnectionKnown(keyProtect, instance, context)) return undefined;
  const connected = await identify(context, instance);
  const key = await findRootKey(connected.instance, rootKey);
  return key === DELETED ? undefined : key?.id;
}

export const failuresOf = (inputs: KmipAdapterInputs, context: Looking): CheckFailure[] => [
  ...checkArguments(kmipAdapterResource, inputs),
  ...checkInstance(inputs, context),
];

/** Refuses another adapter where clients have keys in the present one. Check is not told its id: names are unique. */
export async function checkReplacement(
  olds: Partial<KmipAdapterInputs>,
  news: KmipAdapterInputs,
  context: Looking,
): Promise<CheckFailure[]> {
  const [property] = replacing(olds, news);
  const { name, instance: former } = olds;
  if (property === undefined || name === undefined || former === undefined) return [];
  if (!isConnectionKnown(keyProtect, former, context)) return [];
  const { instance } = await identify(context, former);
  const adapter = (await listAdapters(instance)).find((each) => each.name === name);
  if (adapter === undefined) return [];
  const objects = await listLiveObjects(instance, adapter.id);
  if (objects.length === 0) return [];
  const attempt = `replacing KMIP adapter "${adapter.name}" (${adapter.id})`;
  const wayOut =
    "declare the other adapter under a new logical name beside this one, move the clients to it, and then take this one away";
  return [refusal(property, await keysInAdapter(instance, { adapter: adapter.id, objects, attempt, wayOut }))];
}

/** Names of what is another adapter. */
export function replacing(olds: Partial<KmipAdapterInputs>, news: KmipAdapterInputs): string[] {
  if (isNew(olds)) return [];
  const { rootKeyID } = news;
  const isOtherKey = rootKeyID !== undefined && olds.rootKeyID !== undefined && rootKeyID !== olds.rootKeyID;
  const isRenamed = news.name !== undefined && !isUnknown(news.name) && news.name !== olds.name;
  const isDescribed = !isUnknown(news.description) && (news.description ?? "") !== (olds.description ?? "");
  return [...(isOtherKey ? ["rootKey"] : []), ...(isRenamed ? ["name"] : []), ...(isDescribed ? ["description"] : [])];
}
