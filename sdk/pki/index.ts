export type { CertificateDescription, Subject } from "../../provider/pki";
export { CertificateAuthority, type CertificateAuthorityArgs } from "./certificate-authority";
export { SignedCertificate, type SignedCertificateArgs } from "./signed-certificate";
