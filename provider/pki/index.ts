export {
  type CertificateDescription,
  describeCertificate,
  describeCertificates,
  describeKnown,
  inWords,
  readCertificates,
  sameCertificates,
  titleOf,
} from "./certificate";
export { sameChains } from "./chain";
export * from "./errors";
export { armoured, type PemBlock, readPem, writePem } from "./pem";
export { publicKeyFingerprint } from "./public-key-fingerprint";
export { type CertificateRequest, readCertificateRequest, sameCertificateRequests } from "./request";
export { checkSubject, type Subject, sameSubjects } from "./subject";
export {
  type CertificateCheck,
  checkCaCertificate,
  checkClientCertificate,
  weakSignature,
} from "./validate";
