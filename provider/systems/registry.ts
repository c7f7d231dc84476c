import type { Description } from "../core/resource/description";
import type { AnySystem, NamedSystem } from "../core/system";
import { certificateAuthority } from "./certificates/certificate-authority/certificate-authority";
import { certificateAuthorityResource } from "./certificates/certificate-authority/resource";
import { signedCertificateResource } from "./certificates/signed-certificate/resource";
import { signedCertificate } from "./certificates/signed-certificate/signed-certificate";
import { keyServerAttachment } from "./element/attachment/attachment";
import { attachmentResource } from "./element/attachment/resource";
import { certificateSigningRequest } from "./element/certificate-signing-request/certificate-signing-request";
import { certificateSigningRequestResource } from "./element/certificate-signing-request/resource";
import { elementNestings } from "./element/components";
import { driveRecovery } from "./element/drive-recovery/drive-recovery";
import { driveRecoveryResource } from "./element/drive-recovery/resource";
import { fleet } from "./element/fleet/fleet";
import { fleetResource } from "./element/fleet/resource";
import { hardwareEncryption } from "./element/hardware-encryption/hardware-encryption";
import { hardwareEncryptionResource } from "./element/hardware-encryption/resource";
import { keyPair } from "./element/key-pair/key-pair";
import { keyPairResource } from "./element/key-pair/resource";
import { keyProvider } from "./element/key-provider/key-provider";
import { keyProviderResource } from "./element/key-provider/resource";
import { keyServer } from "./element/key-server/key-server";
import { keyServerResource } from "./element/key-server/resource";
import { masterKey } from "./element/master-key/master-key";
import { masterKeyResource } from "./element/master-key/resource";
import { element } from "./element/system";
import { keyProtectNestings } from "./keyprotect/components";
import { kmipAdapter } from "./keyprotect/kmip-adapter/kmip-adapter";
import { kmipAdapterResource } from "./keyprotect/kmip-adapter/resource";
import { kmipAdapterClients } from "./keyprotect/kmip-adapter-clients/kmip-adapter-clients";
import { kmipAdapterClientsResource } from "./keyprotect/kmip-adapter-clients/resource";
import { kmipClientCertificate } from "./keyprotect/kmip-client-certificate/kmip-client-certificate";
import { kmipClientCertificateResource } from "./keyprotect/kmip-client-certificate/resource";
import { rootKeyResource } from "./keyprotect/root-key/resource";
import { rootKey } from "./keyprotect/root-key/root-key";
import { keyProtect } from "./keyprotect/system";
import { certificateSigningRequest as vcenterRequest } from "./vsphere/certificate-signing-request/certificate-signing-request";
import { certificateSigningRequestResource as vcenterRequestResource } from "./vsphere/certificate-signing-request/resource";
import { clientCertificate } from "./vsphere/client-certificate/client-certificate";
import { clientCertificateResource } from "./vsphere/client-certificate/resource";
import { vsphereNestings } from "./vsphere/components";
import { defaultKeyProvider } from "./vsphere/default-key-provider/default-key-provider";
import { defaultKeyProviderResource } from "./vsphere/default-key-provider/resource";
import { keyProvider as standardKeyProvider } from "./vsphere/key-provider/key-provider";
import { keyProviderResource as standardKeyProviderResource } from "./vsphere/key-provider/resource";
import { keyProviderTrust } from "./vsphere/key-provider-trust/key-provider-trust";
import { keyProviderTrustResource } from "./vsphere/key-provider-trust/resource";
import { vsphere } from "./vsphere/system";
import { trustedKeyProviderResource } from "./vsphere/trusted-key-provider/resource";
import { trustedKeyProvider } from "./vsphere/trusted-key-provider/trusted-key-provider";

/** The whole catalogue. A token is kept in every state that has such a resource, and so is never renamed. */
export const registry = {
  "element:KeyPair": { system: element, description: keyPairResource, lifecycle: keyPair },
  "element:CertificateSigningRequest": {
    system: element,
    description: certificateSigningRequestResource,
    lifecycle: certificateSigningRequest,
  },
  "element:KeyServer": { system: element, description: keyServerResource, lifecycle: keyServer },
  "element:KeyProvider": { system: element, description: keyProviderResource, lifecycle: keyProvider },
  "element:KeyServerAttachment": { system: element, description: attachmentResource, lifecycle: keyServerAttachment },
  "element:MasterKey": { system: element, description: masterKeyResource, lifecycle: masterKey },
  "element:HardwareEncryption": {
    system: element,
    description: hardwareEncryptionResource,
    lifecycle: hardwareEncryption,
  },
  "element:DriveRecovery": { system: element, description: driveRecoveryResource, lifecycle: driveRecovery },
  "element:Fleet": { description: fleetResource, lifecycle: fleet },
  "keyprotect:RootKey": { system: keyProtect, description: rootKeyResource, lifecycle: rootKey },
  "keyprotect:KmipAdapter": { system: keyProtect, description: kmipAdapterResource, lifecycle: kmipAdapter },
  "keyprotect:KmipClientCertificate": {
    system: keyProtect,
    description: kmipClientCertificateResource,
    lifecycle: kmipClientCertificate,
  },
  "keyprotect:KmipAdapterClients": {
    system: keyProtect,
    description: kmipAdapterClientsResource,
    lifecycle: kmipAdapterClients,
  },
  "vsphere:KeyProvider": { system: vsphere, description: standardKeyProviderResource, lifecycle: standardKeyProvider },
  "vsphere:TrustedKeyProvider": {
    system: vsphere,
    description: trustedKeyProviderResource,
    lifecycle: trustedKeyProvider,
  },
  "vsphere:ClientCertificate": {
    system: vsphere,
    description: clientCertificateResource,
    lifecycle: clientCertificate,
  },
  "vsphere:CertificateSigningRequest": {
    system: vsphere,
    description: vcenterRequestResource,
    lifecycle: vcenterRequest,
  },
  "vsphere:KeyProviderTrust": { system: vsphere, description: keyProviderTrustResource, lifecycle: keyProviderTrust },
  "vsphere:DefaultKeyProvider": {
    system: vsphere,
    description: defaultKeyProviderResource,
    lifecycle: defaultKeyProvider,
  },
  "pki:CertificateAuthority": { description: certificateAuthorityResource, lifecycle: certificateAuthority },
  "pki:SignedCertificate": { description: signedCertificateResource, lifecycle: signedCertificate },
} as const satisfies Readonly<Record<string, Entry>>;

export type ResourceToken = keyof typeof registry;

/** What there is of one resource. */
export interface Entry {
  description: Description;
  lifecycle: object;
  /** Absent for what is on none. */
  system?: NamedSystem;
}

const entries: Readonly<Record<string, Entry>> = registry;

/** The entry of a token, unless that is of a newer release. */
export const entryOf = (token: string): Entry | undefined =>
  Object.hasOwn(entries, token) ? entries[token] : undefined;

/** The kinds of systems that resources are on. */
export const systems = [
  ...new Set(Object.values(entries).flatMap(({ system }) => (system === undefined ? [] : [system]))),
] as unknown as readonly AnySystem[];

/** How components of this package may stand around a resource, from the outermost to the innermost. */
export const nestings: readonly (readonly string[])[] = [...elementNestings, ...keyProtectNestings, ...vsphereNestings];
