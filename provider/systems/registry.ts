import type { Description } from "../core/resource/description";
import { certificateAuthority } from "./certificates/certificate-authority/certificate-authority";
import { certificateAuthorityResource } from "./certificates/certificate-authority/resource";
import { signedCertificateResource } from "./certificates/signed-certificate/resource";
import { signedCertificate } from "./certificates/signed-certificate/signed-certificate";
import { keyServerAttachment } from "./element/attachment/attachment";
import { attachmentResource } from "./element/attachment/resource";
import { certificateSigningRequest } from "./element/certificate-signing-request/certificate-signing-request";
import { certificateSigningRequestResource } from "./element/certificate-signing-request/resource";
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
