import { EkmError } from "../core/errors";

/** What was found instead may have a way out of its own. */
interface TextErrorOptions extends ErrorOptions {
  wayOut?: string;
}

abstract class TextError extends EkmError {
  readonly ownWayOut: string | undefined;

  constructor(message: string, { wayOut, ...options }: TextErrorOptions = {}) {
    super(message, options);
    this.ownWayOut = wayOut;
  }

  protected abstract readonly usualWayOut: string;

  override get wayOut(): string {
    return this.ownWayOut ?? this.usualWayOut;
  }
}

/** A text that should be PEM is not: armour, base64 or padding is broken. */
export class PemError extends TextError {
  readonly code = "EKM_PEM_MALFORMED";
  protected readonly usualWayOut = "give the text as its file has it, with its BEGIN and END lines";
}

/** Bytes that should be one DER value are not. */
export class DerError extends EkmError {
  readonly code = "EKM_DER_MALFORMED";

  override get wayOut(): string {
    return "look at it with openssl asn1parse, and have it issued anew where it comes from";
  }
}

/** A PEM block does not hold the X.509 certificate that was expected there. */
export class CertificateError extends TextError {
  readonly code = "EKM_CERTIFICATE_MALFORMED";
  protected readonly usualWayOut = "give certificates alone, in PEM, as the authority gave them";
}

/** A text does not hold exactly one PKCS#10 certificate signing request. */
export class CertificateRequestError extends TextError {
  readonly code = "EKM_CSR_MALFORMED";
  protected readonly usualWayOut = "give one certificate signing request, in PEM, as its key's owner made it";
}

/** A certificate signing request was not signed by the key it carries. */
export class CertificateRequestSignatureError extends EkmError {
  readonly code = "EKM_CSR_SIGNATURE_INVALID";

  override get wayOut(): string {
    return "fetch it again from its key's owner, and sign nothing for this one: it was altered";
  }
}

/** A key cannot be read, or is not of a kind that this package works with. The message never holds the key. */
export class KeyError extends TextError {
  readonly code = "EKM_KEY_UNUSABLE";
  protected readonly usualWayOut =
    "give an unencrypted private key in PEM: RSA, Ed25519, or EC on the curve P-256, P-384 or P-521";
}

/** A signature algorithm that this package does not know. */
export class SignatureAlgorithmError extends EkmError {
  readonly code = "EKM_SIGNATURE_ALGORITHM_UNSUPPORTED";

  override get wayOut(): string {
    return "make the request again, signed with RSA (PKCS#1 v1.5) or ECDSA and SHA-2, or with Ed25519";
  }
}

/** A certificate authority cannot sign: not a CA, expired, or the key is another one's. */
export class IssuerError extends EkmError {
  readonly code = "EKM_ISSUER_UNUSABLE";

  override get wayOut(): string {
    return "give the certificate of an authority that is valid now, and that certificate's own key";
  }
}
