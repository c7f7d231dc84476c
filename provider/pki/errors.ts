import { EkmError } from "../errors";

/** A text that should be PEM is not: armour, base64 or padding is broken. */
export class PemError extends EkmError {
  readonly code = "EKM_PEM_MALFORMED";
}

/** Bytes that should be one DER value are not. */
export class DerError extends EkmError {
  readonly code = "EKM_DER_MALFORMED";
}

/** A PEM block does not hold the X.509 certificate that was expected there. */
export class CertificateError extends EkmError {
  readonly code = "EKM_CERTIFICATE_MALFORMED";
}

/** A text does not hold exactly one PKCS#10 certificate signing request. */
export class CertificateRequestError extends EkmError {
  readonly code = "EKM_CSR_MALFORMED";
}

/** A certificate signing request was not signed by the key it carries. */
export class CertificateRequestSignatureError extends EkmError {
  readonly code = "EKM_CSR_SIGNATURE_INVALID";
}

/** A key cannot be read, or is not of a kind that this package works with. The message never holds the key. */
export class KeyError extends EkmError {
  readonly code = "EKM_KEY_UNUSABLE";
}

/** A signature algorithm that this package does not know. */
export class SignatureAlgorithmError extends EkmError {
  readonly code = "EKM_SIGNATURE_ALGORITHM_UNSUPPORTED";
}

/** A certificate authority cannot sign: not a CA, expired, or the key is another one's. */
export class IssuerError extends EkmError {
  readonly code = "EKM_ISSUER_UNUSABLE";
}
