import { type KeyObject, verify } from "node:crypto";
import { type DerElement, DerTag, memberAt, members, objectIdentifier } from "./der";
import { KeyError, SignatureAlgorithmError } from "./errors";

export interface SignatureAlgorithm {
  name: string;
  oid: string;
  /** `null` where the algorithm hashes by itself. */
  digest: string | null;
  keyType: "rsa" | "ec" | "ed25519";
  /** RSA's identifiers carry an explicit NULL, the others nothing at all. */
  parameters: "null" | "absent";
}

const rsa = (name: string, oid: string, digest: string): SignatureAlgorithm => ({
  name,
  oid,
  digest,
  keyType: "rsa",
  parameters: "null",
});

const ecdsa = (name: string, oid: string, digest: string): SignatureAlgorithm => ({
  name,
  oid,
  digest,
  keyType: "ec",
  parameters: "absent",
});

const RSA_SHA256 = rsa("sha256WithRSAEncryption", "1.2.840.113549.1.1.11", "sha256");
const ECDSA_SHA256 = ecdsa("ecdsa-with-SHA256", "1.2.840.10045.4.3.2", "sha256");
const ECDSA_SHA384 = ecdsa("ecdsa-with-SHA384", "1.2.840.10045.4.3.3", "sha384");
const ECDSA_SHA512 = ecdsa("ecdsa-with-SHA512", "1.2.840.10045.4.3.4", "sha512");
const ED25519: SignatureAlgorithm = {
  name: "Ed25519",
  oid: "1.3.101.112",
  digest: null,
  keyType: "ed25519",
  parameters: "absent",
};

const KNOWN = [
  RSA_SHA256,
  rsa("sha384WithRSAEncryption", "1.2.840.113549.1.1.12", "sha384"),
  rsa("sha512WithRSAEncryption", "1.2.840.113549.1.1.13", "sha512"),
  rsa("sha1WithRSAEncryption", "1.2.840.113549.1.1.5", "sha1"),
  ECDSA_SHA256,
  ECDSA_SHA384,
  ECDSA_SHA512,
  ecdsa("ecdsa-with-SHA1", "1.2.840.10045.4.1", "sha1"),
  ED25519,
];

/** Signature algorithms whose hash can be forged: a certificate that rests on one is worth nothing. */
const WEAK: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.2": "md2WithRSAEncryption",
  "1.2.840.113549.1.1.4": "md5WithRSAEncryption",
  "1.2.840.113549.1.1.5": "sha1WithRSAEncryption",
  "1.2.840.10040.4.3": "dsa-with-SHA1",
  "1.2.840.10045.4.1": "ecdsa-with-SHA1",
};

/** The algorithm that `privateKey` signs certificates with. */
export function signatureAlgorithmFor(privateKey: KeyObject): SignatureAlgorithm {
  switch (privateKey.asymmetricKeyType) {
    case "rsa":
      return RSA_SHA256;
    case "ed25519":
      return ED25519;
    case "ec":
      return ecdsaFor(privateKey.asymmetricKeyDetails?.namedCurve);
    default:
      throw new KeyError(`keys of type ${privateKey.asymmetricKeyType} cannot sign certificates here`);
  }
}

/** Verifies a signature with the algorithm that an AlgorithmIdentifier names. */
export function verifySignature(
  identifier: DerElement,
  data: Buffer,
  signature: Buffer,
  publicKey: KeyObject,
): boolean {
  const oid = algorithmOid(identifier);
  const algorithm = KNOWN.find((known) => known.oid === oid);
  if (algorithm === undefined) throw new SignatureAlgorithmError(`signature algorithm ${oid} is not supported`);
  return publicKey.asymmetricKeyType === algorithm.keyType && verify(algorithm.digest, data, publicKey, signature);
}

const RSASSA_PSS = "1.2.840.113549.1.1.10";
/** Within the parameters of RSASSA-PSS. */
const HASH_TAG = 0xa0;
const WEAK_HASHES: Readonly<Record<string, string>> = { "1.2.840.113549.2.5": "MD5", "1.3.14.3.2.26": "SHA-1" };

/** The name of a weak signature algorithm; `undefined` for an algorithm that is not known to be weak. */
export function weakAlgorithmName(identifier: DerElement): string | undefined {
  const oid = algorithmOid(identifier);
  if (oid !== RSASSA_PSS) return WEAK[oid];
  const parameters = members(identifier)[1];
  const hash = parameters && members(parameters).find(({ tag }) => tag === HASH_TAG);
  // SHA-1 is what a hash that is left out stands for.
  const weak = hash === undefined ? "SHA-1" : WEAK_HASHES[algorithmOid(memberAt(members(hash), 0))];
  return weak && `RSASSA-PSS with ${weak}`;
}

const algorithmOid = (identifier: DerElement): string =>
  objectIdentifier(memberAt(members(identifier), 0, DerTag.ObjectIdentifier));

function ecdsaFor(curve: string | undefined): SignatureAlgorithm {
  switch (curve) {
    case "prime256v1":
      return ECDSA_SHA256;
    case "secp384r1":
      return ECDSA_SHA384;
    case "secp521r1":
      return ECDSA_SHA512;
    default:
      throw new KeyError(`EC keys on curve ${curve} cannot sign certificates here`);
  }
}
