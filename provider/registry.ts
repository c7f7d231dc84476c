import type { Description } from "./core/resource/description";
import { certificateSigningRequest } from "./element/certificate-signing-request";
import { driveRecovery } from "./element/drive-recovery";
import { fleet } from "./element/fleet";
import { hardwareEncryption } from "./element/hardware-encryption";
import { keyPair } from "./element/key-pair";
import { keyProvider } from "./element/key-provider";
import { keyServer } from "./element/key-server";
import { keyServerAttachment } from "./element/key-server-attachment";
import { masterKey } from "./element/master-key";
import { certificateAuthority, signedCertificate } from "./pki";
import { certificateAuthorityResource } from "./systems/certificates/certificate-authority/resource";
import { signedCertificateResource } from "./systems/certificates/signed-certificate/resource";
import { attachmentResource } from "./systems/element/attachment/resource";
import { certificateSigningRequestResource } from "./systems/element/certificate-signing-request/resource";
import { driveRecoveryResource } from "./systems/element/drive-recovery/resource";
import { fleetResource } from "./systems/element/fleet/resource";
import { hardwareEncryptionResource } from "./systems/element/hardware-encryption/resource";
import { keyPairResource } from "./systems/element/key-pair/resource";
import { keyProviderResource } from "./systems/element/key-provider/resource";
import { keyServerResource } from "./systems/element/key-server/resource";
import { masterKeyResource } from "./systems/element/master-key/resource";

/** The whole catalogue. A token is kept in every state that has such a resource, and so is never renamed. */
export const registry = {
  "element:KeyPair": { description: keyPairResource, lifecycle: keyPair },
  "element:CertificateSigningRequest": {
    description: certificateSigningRequestResource,
    lifecycle: certificateSigningRequest,
  },
  "element:KeyServer": { description: keyServerResource, lifecycle: keyServer },
  "element:KeyProvider": { description: keyProviderResource, lifecycle: keyProvider },
  "element:KeyServerAttachment": { description: attachmentResource, lifecycle: keyServerAttachment },
  "element:MasterKey": { description: masterKeyResource, lifecycle: masterKey },
  "element:HardwareEncryption": { description: hardwareEncryptionResource, lifecycle: hardwareEncryption },
  "element:DriveRecovery": { description: driveRecoveryResource, lifecycle: driveRecovery },
  "element:Fleet": { description: fleetResource, lifecycle: fleet },
  "pki:CertificateAuthority": { description: certificateAuthorityResource, lifecycle: certificateAuthority },
  "pki:SignedCertificate": { description: signedCertificateResource, lifecycle: signedCertificate },
} as const satisfies Readonly<Record<string, { description: Description; lifecycle: object }>>;

export type ResourceToken = keyof typeof registry;
