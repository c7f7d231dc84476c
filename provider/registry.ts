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

/** The whole catalogue. A token is kept in every state that has such a resource, and so is never renamed. */
export const registry = {
  "element:KeyPair": keyPair,
  "element:CertificateSigningRequest": certificateSigningRequest,
  "element:KeyServer": keyServer,
  "element:KeyProvider": keyProvider,
  "element:KeyServerAttachment": keyServerAttachment,
  "element:MasterKey": masterKey,
  "element:HardwareEncryption": hardwareEncryption,
  "element:DriveRecovery": driveRecovery,
  "element:Fleet": fleet,
  "pki:CertificateAuthority": certificateAuthority,
  "pki:SignedCertificate": signedCertificate,
} as const;

export type ResourceToken = keyof typeof registry;
