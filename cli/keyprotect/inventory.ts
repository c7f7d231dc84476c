import type { Instance } from "../../provider/systems/keyprotect/api/instance";
import type {
  Key,
  KmipAdapter,
  KmipObject,
  WholeKmipClientCertificate,
} from "../../provider/systems/keyprotect/api/types";
import {
  findClientCertificate,
  listAdapters,
  listClientCertificates,
  listLiveObjects,
} from "../../provider/systems/keyprotect/observed/kmip-adapters";
import { DELETED, findRootKey, listRootKeys } from "../../provider/systems/keyprotect/observed/root-keys";

/** Everything that an instance has for KMIP clients. */
export interface Inventory {
  /** Name of its connection. */
  connection: string;
  /** GUID. */
  instanceID: string;
  /** All that are not destroyed, and those that adapters name all the same, as far as there is more to tell of them. */
  rootKeys: Key[];
  adapters: AdapterInventory[];
}

export interface AdapterInventory extends KmipAdapter {
  /** In the order in which they were registered. */
  certificates: WholeKmipClientCertificate[];
  /** The keys that clients have in it. */
  liveObjects: KmipObject[];
}

/** Reads an instance. */
export async function takeInventory(instance: Instance): Promise<Inventory> {
  const [rootKeys, adapters] = await Promise.all([listRootKeys(instance), listAdapters(instance)]);
  const named = new Set(adapters.map(({ profile_data }) => profile_data.crk_id));
  const others = [...named].filter((id) => rootKeys.every((key) => !isCalled(key, id)));
  const found = await Promise.all(others.map((id) => findRootKey(instance, id)));
  return {
    connection: instance.name,
    instanceID: instance.settings.instance,
    rootKeys: [...rootKeys, ...found.filter((key) => key !== undefined && key !== DELETED)],
    adapters: await Promise.all(adapters.map((adapter) => lookInto(instance, adapter))),
  };
}

async function lookInto(instance: Instance, adapter: KmipAdapter): Promise<AdapterInventory> {
  const [registrations = [], liveObjects] = await Promise.all([
    listClientCertificates(instance, adapter.id),
    listLiveObjects(instance, adapter.id),
  ]);
  const certificates = await Promise.all(
    registrations.map(({ id }) => findClientCertificate(instance, adapter.id, id)),
  );
  return {
    ...adapter,
    certificates: certificates
      .filter((each) => each !== undefined)
      .sort((some, other) => Date.parse(some.created_at) - Date.parse(other.created_at)),
    liveObjects,
  };
}

/** The root key of an adapter, which may be named by an alias. */
export const rootKeyOf = ({ rootKeys }: Pick<Inventory, "rootKeys">, { profile_data }: KmipAdapter): Key | undefined =>
  rootKeys.find((key) => isCalled(key, profile_data.crk_id));

const isCalled = ({ id, aliases = [] }: Key, name: string): boolean => id === name || aliases.includes(name);
