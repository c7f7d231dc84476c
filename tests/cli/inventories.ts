import type { Inventory } from "../../cli/element/inventory";
import { publicKeyFingerprint } from "../../provider/pki";
import type { KeyProviderKmip, KeyServerKmip } from "../../provider/systems/element/api/types";
import { issue, makeAuthority } from "../kit/certificates";

export const authority = makeAuthority();
/** A client certificate for the key pair of {@link inventory}. */
export const client = issue(authority, { commonName: "storage-1", usage: "client" }).cert;

export const keyServer = (keyServerID: number, changes: Partial<KeyServerKmip> = {}): KeyServerKmip => ({
  keyServerID,
  kmipKeyServerName: `server ${keyServerID}`,
  kmipKeyServerHostnames: [`kms${keyServerID}.example.com`],
  kmipKeyServerPort: 5696,
  kmipCaCertificate: authority.certificate,
  kmipClientCertificate: client,
  keyProviderID: null,
  kmipAssignedProviderIsActive: null,
  ...changes,
});

export const keyProvider = (keyProviderID: number, changes: Partial<KeyProviderKmip> = {}): KeyProviderKmip => ({
  keyProviderID,
  keyProviderName: `provider ${keyProviderID}`,
  keyProviderIsActive: false,
  keyServerIDs: [],
  kmipCapabilities: "SSL",
  ...changes,
});

/** A cluster whose master key is held by the provider of its one key server. */
export const inventory = (changes: Partial<Inventory> = {}): Inventory => ({
  cluster: { name: "storage-1", uniqueID: "ab12" },
  keyPair: {
    subject: "CN=storage-1, O=Example",
    subjectFields: { commonName: "storage-1", organization: "Example" },
    publicKeyFingerprint: publicKeyFingerprint(client),
  },
  keyServers: [keyServer(1, { keyProviderID: 1, kmipAssignedProviderIsActive: true })],
  keyServerFailures: new Map(),
  keyProviders: [keyProvider(1, { keyProviderIsActive: true, keyServerIDs: [1] })],
  masterKey: { holder: 1, keyID: "2b0d8c1e-5a0c-4a7e-9d6f-0c5a1f3e7b90" },
  hardwareEncryption: { state: "disabled" },
  ...changes,
});
