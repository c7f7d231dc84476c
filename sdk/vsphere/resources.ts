// Made by "npm run generate" from the catalogue in provider/systems/registry.ts.
export { CertificateSigningRequest, type CertificateSigningRequestArgs } from "./certificate-signing-request";
export { ClientCertificate, type ClientCertificateArgs } from "./client-certificate";
export { DefaultKeyProvider, type DefaultKeyProviderArgs } from "./default-key-provider";
export { KeyProvider, type KeyProviderArgs } from "./key-provider";
export { KeyProviderTrust, type KeyProviderTrustArgs } from "./key-provider-trust";
export { TrustedKeyProvider, type TrustedKeyProviderArgs } from "./trusted-key-provider";
