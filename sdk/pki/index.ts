export type { CertificateDescription, Subject } from "../../provider/pki";
export * from "./resources";
