export {
  type CertificateDescription,
  describeCertificate,
  readCertificates,
  sameCertificates,
} from "./certificate";
export * from "./errors";
export { type PemBlock, readPem, writePem } from "./pem";
export { publicKeyFingerprint } from "./public-key-fingerprint";
export { type CertificateRequest, readCertificateRequest, sameCertificateRequests } from "./request";
export { checkSubject, type Subject } from "./subject";
export { type CertificateCheck, checkCaCertificate, checkClientCertificate, type Findings } from "./validate";
