export type { CertificateDescription, Subject } from "../../provider/pki";
export * from "./resources";
export type { Signer, SigningAuthority } from "./signer";
