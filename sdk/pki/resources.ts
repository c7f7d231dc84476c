// Made by "npm run generate" from the catalogue in provider/systems/registry.ts.
export { CertificateAuthority, type CertificateAuthorityArgs } from "./certificate-authority";
export { SignedCertificate, type SignedCertificateArgs } from "./signed-certificate";
