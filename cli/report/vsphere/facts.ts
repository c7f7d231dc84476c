import type { HealthWord } from "../../../provider/systems/vsphere/observed/key-providers";
import type { ReadCertificate } from "../certificate-life";

/** What a vCenter says of itself: its key providers, the key servers of these, and who has keys of them. */
export interface VcenterFacts {
  /** `instanceUuid`: never given to another vCenter. */
  vcenterUuid: string;
  /** Such as `VMware vCenter Server 8.0.3`. */
  version: string;
  /** Native ones are none of them: they have no key server. */
  keyProviders: VcenterKeyProviderFacts[];
}

export interface VcenterKeyProviderFacts {
  name: string;
  /** Whose it is: vCenter's own, or a Trust Authority cluster's, which vSphere 9.0 does not have any more. */
  kind: "standard" | "trusted";
  /** ID of the Trust Authority cluster; absent of a standard provider. */
  trustAuthorityCluster?: string;
  /** ID at the key server of the key that wraps all others, of a trusted provider. */
  primaryKeyID?: string;
  /** What takes its keys from it where nothing else is said. */
  defaultOf: { vcenter: boolean; entities: string[] };
  /** vCenter and every server trust each other, and vCenter finds the provider healthy. */
  healthy: boolean;
  health: HealthWord;
  /** vCenter's words about it. */
  details: string[];
  servers: VcenterKeyServerFacts[];
  /** By which vCenter proves itself to the servers; absent where it has none so far. */
  clientCertificate?: ReadCertificate;
  /** Who has keys of it; absent of a trusted provider, whose hosts are on other vCenters. */
  use?: KeyUseFacts;
  /** What a destroy does with it, by the state that was given; absent where that has no such resource, or it says nothing. */
  onDelete?: string;
}

/** A key server of a provider. */
export interface VcenterKeyServerFacts {
  /** In the provider. */
  name: string;
  hostname: string;
  port: number;
  health: HealthWord;
  /** vCenter accepts the server's certificate; absent where nobody knows. */
  serverTrusted?: boolean;
  /** The server lets vCenter in; absent where nobody knows. */
  clientTrusted?: boolean;
  /** vCenter's words about it, or why there is no certificate. */
  details: string[];
  /** What it presents; absent where vCenter could not reach it. */
  certificate?: ReadCertificate;
  /** Whether `trustedServers` lists that, by the state that was given; absent where that has no such resource. */
  pinned?: boolean;
}

export interface KeyUseFacts {
  /** How many keys of the provider vCenter knows. */
  keys: number;
  virtualMachines: number;
  hosts: number;
  /** Whatever else vCenter says that refers to them. */
  others: string[];
}
