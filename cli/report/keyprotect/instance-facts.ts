import { kmipAddress } from "../../../provider/systems/keyprotect/api/settings";
import type { Key, WholeKmipClientCertificate } from "../../../provider/systems/keyprotect/api/types";
import { versionCreatedOf, versionOf } from "../../../provider/systems/keyprotect/observed/root-keys";
import { supersededIn } from "../../../provider/systems/keyprotect/observed/superseded";
import { type AdapterInventory, type Inventory, rootKeyOf } from "../../keyprotect/inventory";
import { readCertificate } from "../certificate-life";
import type { KeyUser } from "../key-user";
import { onDeleteOf, recordedAs } from "../recorded";
import type { Observing } from "../reporter";
import type { RecordedResource } from "../state";
import { wholeDays } from "../time";
import type { AdapterFacts, ClientFacts, InstanceFacts, RootKeyFacts } from "./facts";

/** What a report says of an instance that was read. */
export function instanceFacts(
  inventory: Inventory,
  { kmipEndpoint }: { kmipEndpoint: string },
  about: Observing,
): InstanceFacts {
  const known = inventory.rootKeys.map((key) => rootKeyFacts(key, about));
  const named = inventory.adapters.map((adapter) => rootKeyOf(inventory, adapter)?.id ?? adapter.profile_data.crk_id);
  const gone = [...new Set(named)].filter((id) => known.every((key) => key.id !== id));
  return {
    instanceID: inventory.instanceID,
    kmip: kmipAddress(kmipEndpoint),
    rootKeys: [...known, ...gone.map((id): RootKeyFacts => ({ id, name: "", state: "gone" }))],
    adapters: inventory.adapters.map((adapter, index) => adapterFacts(adapter, named[index] ?? "", about)),
  };
}

function rootKeyFacts(key: Key, { now, recorded }: Observing): RootKeyFacts {
  const versionCreated = versionCreatedOf(key);
  return {
    ...{ id: key.id, name: key.name, state: key.state, version: versionOf(key), versionCreated },
    ageDays: Math.max(wholeDays(new Date(versionCreated), now), 0),
    ends: key.expirationDate,
    onDelete: onDeleteOf(recordedAs(recorded, "keyprotect:RootKey", ({ id }) => id === key.id)),
  };
}

function adapterFacts(adapter: AdapterInventory, rootKey: string, about: Observing): AdapterFacts {
  const { id, name, created_at, certificates, liveObjects } = adapter;
  const superseded = supersededIn(certificates);
  return {
    ...{ id, name, rootKey, created: created_at, keys: liveObjects.length },
    onDelete: onDeleteOf(recordedAs(about.recorded, "keyprotect:KmipAdapter", (resource) => resource.id === id)),
    clients: certificates.map((registration) => ({
      ...clientFacts(registration, about),
      superseded: superseded.includes(registration),
      keys: liveObjects.filter((object) => object.created_by_kmip_client_cert_id === registration.id).length,
    })),
  };
}

function clientFacts(
  { id, name, created_at: registered, certificate: pem }: WholeKmipClientCertificate,
  about: Observing,
): Omit<ClientFacts, "superseded" | "keys"> {
  const isOwn = ({ outputs }: RecordedResource) => outputs.certificateID === id;
  const onDelete = onDeleteOf(recordedAs(about.recorded, "keyprotect:KmipClientCertificate", isOwn));
  return { id, name, registered, onDelete, users: [], ...readCertificate(pem, about) };
}

/** The same facts, with whoever presents a registered certificate at this KMIP endpoint. */
export function withKeyUsers(facts: InstanceFacts, users: readonly KeyUser[]): InstanceFacts {
  const { hostname, port } = facts.kmip;
  const here = users.filter(
    (user) => user.port === port && user.hostnames.some((name) => name.toLowerCase() === hostname.toLowerCase()),
  );
  const usersOf = ({ certificate }: ClientFacts) =>
    here
      .filter(({ fingerprint256 }) => fingerprint256 === certificate?.fingerprint256)
      .map(({ system, client, keys }) => ({ system, client, keys }));
  return {
    ...facts,
    adapters: facts.adapters.map((adapter) => ({
      ...adapter,
      clients: adapter.clients.map((client) => ({ ...client, users: usersOf(client) })),
    })),
  };
}
