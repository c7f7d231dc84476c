import { isEkmError } from "../../../provider/core/errors";
import { describeCertificates } from "../../../provider/pki";
import { kmipAddress } from "../../../provider/systems/keyprotect/api/settings";
import type { Key, WholeKmipClientCertificate } from "../../../provider/systems/keyprotect/api/types";
import { versionCreatedOf, versionOf } from "../../../provider/systems/keyprotect/observed/root-keys";
import { supersededIn } from "../../../provider/systems/keyprotect/observed/superseded";
import { type AdapterInventory, type Inventory, rootKeyOf } from "../../keyprotect/inventory";
import { lifeOf } from "../certificate-life";
import type { KeyUser } from "../key-user";
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
    onDelete: onDeleteOf(recorded, "keyprotect:RootKey", ({ id }) => id === key.id),
  };
}

function adapterFacts(adapter: AdapterInventory, rootKey: string, about: Observing): AdapterFacts {
  const { id, name, created_at, certificates, liveObjects } = adapter;
  const superseded = supersededIn(certificates);
  return {
    ...{ id, name, rootKey, created: created_at, keys: liveObjects.length },
    onDelete: onDeleteOf(about.recorded, "keyprotect:KmipAdapter", (resource) => resource.id === id),
    clients: certificates.map((registration) => ({
      ...clientFacts(registration, about),
      superseded: superseded.includes(registration),
      keys: liveObjects.filter((object) => object.created_by_kmip_client_cert_id === registration.id).length,
    })),
  };
}

function clientFacts(
  { id, name, created_at: registered, certificate: pem }: WholeKmipClientCertificate,
  { now, notice, recorded }: Observing,
): Omit<ClientFacts, "superseded" | "keys"> {
  const isOwn = ({ outputs }: RecordedResource) => outputs.certificateID === id;
  const onDelete = onDeleteOf(recorded, "keyprotect:KmipClientCertificate", isOwn);
  const about = { id, name, registered, onDelete, users: [] };
  try {
    const [certificate] = describeCertificates(pem);
    return { ...about, certificate: certificate && { ...certificate, ...lifeOf(certificate, now, notice) } };
  } catch (error) {
    if (!isEkmError(error)) throw error;
    return { ...about, unreadable: error.message };
  }
}

/** What a destroy does, as the last `up` has recorded it. */
function onDeleteOf(
  recorded: readonly RecordedResource[],
  token: string,
  isOf: (resource: RecordedResource) => boolean,
): string | undefined {
  const found = recorded.find((resource) => resource.token === token && isOf(resource));
  return typeof found?.outputs.onDelete === "string" ? found.outputs.onDelete : undefined;
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
