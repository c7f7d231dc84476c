// Made by "npm run generate" from the catalogue in provider/systems/registry.ts.
export { CertificateSigningRequest, type CertificateSigningRequestArgs } from "./certificate-signing-request";
export { DriveRecovery, type DriveRecoveryArgs } from "./drive-recovery";
export { HardwareEncryption, type HardwareEncryptionArgs } from "./hardware-encryption";
export { KeyPair, type KeyPairArgs } from "./key-pair";
export { KeyProvider, type KeyProviderArgs } from "./key-provider";
export { KeyServer, type KeyServerArgs } from "./key-server";
export { KeyServerAttachment, type KeyServerAttachmentArgs } from "./key-server-attachment";
export { MasterKey, type MasterKeyArgs } from "./master-key";
