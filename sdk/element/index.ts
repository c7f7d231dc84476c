export { CertificateSigningRequest, type CertificateSigningRequestArgs } from "./certificate-signing-request";
export { ExternalKeyManagement, type ExternalKeyManagementArgs, type Signer } from "./external-key-management";
export { HardwareEncryption, type HardwareEncryptionArgs } from "./hardware-encryption";
export { KeyPair, type KeyPairArgs } from "./key-pair";
export { KeyProvider, type KeyProviderArgs } from "./key-provider";
export { KeyServer, type KeyServerArgs } from "./key-server";
export { KeyServerAttachment, type KeyServerAttachmentArgs } from "./key-server-attachment";
export { MasterKey, type MasterKeyArgs } from "./master-key";
export type { OnClusterArgs, TlsVerification } from "./on-cluster";
