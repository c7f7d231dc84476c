import type { KmipClusterInfo, ManagedObjectReference, ManagementType } from "../../provider/systems/vsphere/api/types";
import type { Vcenter } from "../../provider/systems/vsphere/api/vcenter";
import { type Defaulting, defaultingOf } from "../../provider/systems/vsphere/observed/default-provider";
import type {
  Family,
  KeyProvider,
  PeerCertificate,
  ProviderHealth,
} from "../../provider/systems/vsphere/observed/key-providers";
import { looksOn, type ProviderReference } from "../../provider/systems/vsphere/observed/reference";
import { allClusters } from "../../provider/systems/vsphere/observed/standard";
import { trustAuthorityClusters } from "../../provider/systems/vsphere/observed/trusted";

/** Everything that a vCenter has of key providers. */
export interface Inventory {
  /** Name of its connection. */
  connection: string;
  vcenterUuid: string;
  /** Such as `VMware vCenter Server 8.0.3`. */
  fullName: string;
  /** Those that it asks for keys itself, at key servers. */
  keyProviders: KeyProviderInventory[];
  /** Those that have none, or are known here and kept elsewhere. */
  others: { name: string; managementType: ManagementType }[];
}

export interface KeyProviderInventory extends KeyProvider, ProviderReference {
  family: Family;
  /** What each of its servers presents. */
  presented: PeerCertificate[];
  /** PEM of the certificates that vCenter accepts from its servers, as far as it tells. */
  trusted: string[];
  /** PEM of the certificate by which vCenter proves itself to them. */
  clientCertificate?: string;
  /** PEM of one that vCenter has made for itself, whether it uses it or not. */
  generatedCertificate?: string;
  health: ProviderHealth;
  defaultOf: Defaulting;
}

/** Reads a vCenter. */
export async function takeInventory(vcenter: Vcenter): Promise<Inventory> {
  const { instanceUuid, fullName } = await vcenter.about();
  const places = [undefined, ...(await trustAuthorityClusters(vcenter))];
  const keyProviders = (await Promise.all(places.map((place) => providersAt(vcenter, place)))).flat();
  const isRead = ({ clusterId }: KmipClusterInfo) => keyProviders.some(({ name }) => name === clusterId);
  const others = (await allClusters(vcenter)).filter((each) => !isRead(each)).map(otherOf);
  return { connection: vcenter.name, vcenterUuid: instanceUuid, fullName, keyProviders, others };
}

const otherOf = ({ clusterId: name, managementType = "unknown" }: KmipClusterInfo) => ({ name, managementType });

async function providersAt(
  vcenter: Vcenter,
  trustAuthorityCluster: string | undefined,
): Promise<KeyProviderInventory[]> {
  const looks = looksOn(vcenter, trustAuthorityCluster);
  const names = await looks.list();
  const found = await Promise.all(
    names.map(async (name): Promise<KeyProviderInventory | undefined> => {
      const provider = await looks.find(name);
      // Somebody has removed it meanwhile.
      if (provider === undefined) return undefined;
      const [presented, trusted, clientCertificate, generatedCertificate, health, defaultOf] = await Promise.all([
        looks.peerCertificates(provider),
        looks.trustedCertificates(provider),
        looks.clientCertificate(name),
        looks.generatedCertificate(name),
        looks.health(provider),
        defaultingOf(vcenter, name),
      ]);
      const place = trustAuthorityCluster === undefined ? {} : { trustAuthorityCluster };
      const certificates = { presented, trusted, clientCertificate, generatedCertificate };
      return { ...provider, ...place, family: looks.family, ...certificates, health, defaultOf };
    }),
  );
  return found.filter((each) => each !== undefined);
}

/** An entity of the inventory, as `entity` of a default key provider takes it. */
export const entityReference = ({ type, value }: ManagedObjectReference): string => `${type}:${value}`;
