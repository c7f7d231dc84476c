import type { Observation, ObservedKeyProvider } from "../../../cli/vsphere/observation";
import { fingerprintOf } from "../../../provider/systems/vsphere/observed/pins";
import { issue } from "../../kit/certificates";
import { authority, client } from "../inventories";

export const VCENTER_UUID = "5f0c7d3e-4d1b-4a7e-9c55-2f6b0c9e8d15";

export const presentedByServer = issue(authority, { commonName: "kms1.example.com", usage: "server" }).cert;

export const pinOf = (pem: string): string => String(fingerprintOf(pem));

const address = { hostname: "kms1.example.com", port: 5696 };

/** A healthy standard provider, the default, of which machines and a host have keys. */
export const keyProvider = (changes: Partial<ObservedKeyProvider> = {}): ObservedKeyProvider => ({
  name: "kms",
  family: "standard",
  servers: [{ name: "kms1", ...address }],
  presented: [{ server: "kms1", certificate: presentedByServer, isTrusted: true, details: [] }],
  trusted: [presentedByServer],
  clientCertificate: client,
  generatedCertificate: client,
  health: {
    health: "healthy",
    details: [],
    servers: [{ name: "kms1", health: "healthy", serverTrusted: true, clientTrusted: true, details: [] }],
  },
  defaultOf: { ofVcenter: true, ofEntities: [] },
  use: {
    keys: ["2b0d8c1e-5a0c-4a7e-9d6f-0c5a1f3e7b90", "77c1a5de-14a8-4b35-8b8a-53a0d1b8e4fe"],
    holders: [
      { type: "VirtualMachine", name: "db" },
      { type: "VirtualMachine", name: "mail" },
      { type: "HostSystem", name: "esx-1" },
    ],
    tags: [],
  },
  ...changes,
});

/** A trusted provider, at the same key server. */
export const trustedKeyProvider = (changes: Partial<ObservedKeyProvider> = {}): ObservedKeyProvider =>
  keyProvider({
    name: "attested",
    family: "trusted",
    trustAuthorityCluster: "domain-c8",
    primaryKey: "8",
    description: "",
    defaultOf: { ofVcenter: false, ofEntities: [] },
    use: undefined,
    ...changes,
  });

export const inventory = (changes: Partial<Observation> = {}): Observation => ({
  connection: "default",
  vcenterUuid: VCENTER_UUID,
  fullName: "VMware vCenter Server 8.0.3 build-24022515",
  keyProviders: [keyProvider()],
  others: [],
  ...changes,
});
