import { randomBytes, randomUUID } from "node:crypto";
import { type KmipClient, KmipOperationError } from "../../../kmip";
import { ApiError } from "../cluster/errors";
import type { Cluster } from "../cluster/machine";
import type { HeldKey } from "../cluster/state";
import { serversOf } from "./key-provider-activity";
import { type KeyServerAddress, withKeyServer } from "./key-server-contact";

const keyLength = 256;

/** A key that is named but not made yet. */
export function newHeldKey(cluster: Cluster, keyProviderID: number | undefined): HeldKey {
  const key: HeldKey = { keyID: randomUUID(), keyManagementType: "internal", keyCreatedTime: cluster.timestamp() };
  return keyProviderID === undefined ? key : { ...key, keyManagementType: "external", keyProviderID };
}

/** Makes the key where it belongs. After an interruption it finds what it made before instead of making another. */
export async function makeKey(cluster: Cluster, key: HeldKey, resumed: boolean): Promise<void> {
  if (key.keyManagementType === "internal") {
    cluster.secrets.internalKeys[key.keyID] ??= randomBytes(keyLength / 8).toString("base64");
    return cluster.save();
  }
  await atProvider(cluster, key, async (client) => {
    if (key.kmipUid === undefined && resumed) key.kmipUid = await locateKey(client, key);
    if (key.kmipUid === undefined) key.kmipUid = await createKey(client, key);
    await cluster.save();
    await activate(client, key.kmipUid, resumed);
  });
}

/** The key's bytes, fetched from wherever it is. */
export async function fetchKey(cluster: Cluster, key: HeldKey): Promise<Buffer> {
  if (key.keyManagementType === "internal") {
    const bytes = cluster.secrets.internalKeys[key.keyID];
    if (bytes === undefined) throw new ApiError("serverError", `Internal key ${key.keyID} is lost`);
    return Buffer.from(bytes, "base64");
  }
  const uid = key.kmipUid;
  if (uid === undefined) throw new ApiError("serverError", `Key ${key.keyID} was never created on its key server`);
  return atProvider(cluster, key, (client) => client.get(uid));
}

/** Makes sure that a key server still has a key and lets it be used. */
export function verifyHeldKey(cluster: Cluster, server: KeyServerAddress, key: HeldKey): Promise<void> {
  return withKeyServer(cluster, [server], async (client) => {
    const state = await stateOf(client, key.kmipUid ?? "");
    if (state !== "Active") throw new Error(`key ${key.keyID} is ${state}`);
  });
}

/** A server that tells no attributes, which is free to do so, is asked for the key itself. */
async function stateOf(client: KmipClient, uid: string): Promise<string | undefined> {
  try {
    return (await offered(() => client.getAttributes(uid)))?.state ?? ((await client.get(uid)) && "Active");
  } catch (error) {
    if (error instanceof KmipOperationError && error.resultReason === "ItemNotFound") return "not there";
    throw error;
  }
}

/** The answer of an operation; `undefined` where the server does not offer it. */
async function offered<T>(operation: () => Promise<T>): Promise<T | undefined> {
  try {
    return await operation();
  } catch (error) {
    if (error instanceof KmipOperationError && error.isNotOffered) return undefined;
    throw error;
  }
}

/** Destroys the key, or notes that it is to be destroyed once its key server can be reached again. */
export async function discardKey(cluster: Cluster, key: HeldKey): Promise<void> {
  if (key.keyManagementType === "internal") {
    delete cluster.secrets.internalKeys[key.keyID];
  } else if (key.kmipUid !== undefined && !cluster.state.keysToDestroy.some(({ keyID }) => keyID === key.keyID)) {
    cluster.state.keysToDestroy.push(key);
  }
  await cluster.save();
  await destroyDiscardedKeys(cluster);
}

/** Tries again to destroy the keys that could not be destroyed so far. */
export async function destroyDiscardedKeys(cluster: Cluster): Promise<void> {
  for (const key of [...cluster.state.keysToDestroy]) {
    try {
      await atProvider(cluster, key, (client) => revokeAndDestroy(client, key.kmipUid as string));
    } catch (error) {
      if (error instanceof ApiError) continue;
      throw error;
    }
    cluster.state.keysToDestroy = cluster.state.keysToDestroy.filter(({ keyID }) => keyID !== key.keyID);
    await cluster.save();
  }
}

function atProvider<T>(cluster: Cluster, key: HeldKey, work: (client: KmipClient) => Promise<T>): Promise<T> {
  return withKeyServer(cluster, serversOf(cluster.state, key.keyProviderID ?? 0), work);
}

/** The text that Element writes onto the object: the key's own id, which is not the KMIP identifier. */
function marker(key: HeldKey): string {
  return `x-SolidFire-KeyID-${key.keyID}`;
}

async function createKey(client: KmipClient, key: HeldKey): Promise<string> {
  const template = { algorithm: "AES", length: keyLength } as const;
  try {
    return await client.create({ ...template, customAttributes: { [marker(key)]: key.keyID } });
  } catch (error) {
    // Some servers refuse custom attributes; a Name of the same text is understood everywhere.
    if (!(error instanceof KmipOperationError)) throw error;
    return client.create({ ...template, names: [marker(key)] });
  }
}

async function locateKey(client: KmipClient, key: HeldKey): Promise<string | undefined> {
  const [named] = await client.locate({ name: marker(key) });
  if (named !== undefined) return named;
  for (const uid of await client.locate({})) {
    const attributes = await offered(() => client.getAttributes(uid));
    if (attributes === undefined) return locateMarked(client, key);
    if (marker(key) in attributes.customAttributes) return uid;
  }
  return undefined;
}

/** Not every server searches by custom attributes, even where it tells them. */
async function locateMarked(client: KmipClient, key: HeldKey): Promise<string | undefined> {
  const [marked] = await client.locate({ customAttributes: { [marker(key)]: key.keyID } });
  return marked;
}

async function activate(client: KmipClient, uid: string, resumed: boolean): Promise<void> {
  try {
    await client.activate(uid);
  } catch (error) {
    // Interrupted after the activation: an active key cannot be activated again.
    if (!resumed || !(error instanceof KmipOperationError)) throw error;
    await client.get(uid);
  }
}

/** An object that is gone already counts as destroyed: the step may be repeated. */
async function revokeAndDestroy(client: KmipClient, uid: string): Promise<void> {
  try {
    await client.revoke(uid);
  } catch (error) {
    if (!(error instanceof KmipOperationError)) throw error;
  }
  try {
    await client.destroy(uid);
  } catch (error) {
    if (!(error instanceof KmipOperationError) || (await exists(client, uid))) throw error;
  }
}

async function exists(client: KmipClient, uid: string): Promise<boolean> {
  const uids = await offered(() => client.locate());
  return uids === undefined ? (await stateOf(client, uid)) !== "not there" : uids.includes(uid);
}
