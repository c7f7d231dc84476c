// Made by "npm run generate" from the description of pki:CertificateAuthority in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { Subject } from "../../provider/pki";
import type { MembersAsInputs } from "../members-as-inputs";
import { EkmResource, type Shape, typeOf } from "../resource";

/** Arguments of {@link CertificateAuthority}. */
export interface CertificateAuthorityArgs {
  /** Subject of the authority. Another subject is another authority. */
  subject: pulumi.Input<MembersAsInputs<Subject>>;
  /**
   * Kind of the authority's key.
   * @default "RSA"
   */
  keyAlgorithm?: pulumi.Input<"RSA" | "ECDSA">;
  /**
   * Bits of an RSA key, at least 2048.
   * @default 3072
   */
  rsaBits?: pulumi.Input<number>;
  /**
   * Curve of an ECDSA key.
   * @default "P256"
   */
  ecdsaCurve?: pulumi.Input<"P256" | "P384">;
  /**
   * Days that the authority's certificate is valid.
   * @default 3650
   */
  validityDays?: pulumi.Input<number>;
}

/**
 * A certificate authority whose key is kept, encrypted, in the stack's state. For labs and private authorities;
 * production users have the cluster's request signed by their own.
 */
export class CertificateAuthority extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("pki:CertificateAuthority");

  /** Subject of the authority. */
  declare readonly subject: pulumi.Output<Subject>;
  /** Kind of the authority's key. */
  declare readonly keyAlgorithm: pulumi.Output<"RSA" | "ECDSA" | undefined>;
  /** Bits of an RSA key. */
  declare readonly rsaBits: pulumi.Output<number | undefined>;
  /** Curve of an ECDSA key. */
  declare readonly ecdsaCurve: pulumi.Output<"P256" | "P384" | undefined>;
  /** Days that the authority's certificate is valid. */
  declare readonly validityDays: pulumi.Output<number | undefined>;
  /** The authority's self-signed certificate (PEM). */
  declare readonly certificate: pulumi.Output<string>;
  /** The authority's private key (PKCS#8 PEM). A secret. */
  declare readonly privateKey: pulumi.Output<string>;
  /** Serial number, in hex. */
  declare readonly serialNumber: pulumi.Output<string>;
  /** Start of validity, ISO 8601. */
  declare readonly notBefore: pulumi.Output<string>;
  /** End of validity, ISO 8601. */
  declare readonly notAfter: pulumi.Output<string>;
  /** SHA-256 of the certificate. */
  declare readonly fingerprint256: pulumi.Output<string>;
  /** SHA-256 of the public key (SubjectPublicKeyInfo), in hex. */
  declare readonly publicKeyFingerprint: pulumi.Output<string>;

  constructor(name: string, args: CertificateAuthorityArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts);
  }
}

const SHAPE: Shape = {
  token: "pki:CertificateAuthority",
  arguments: { subject: true, keyAlgorithm: true, rsaBits: true, ecdsaCurve: true, validityDays: true },
  properties: [
    "subject",
    "keyAlgorithm",
    "rsaBits",
    "ecdsaCurve",
    "validityDays",
    "certificate",
    "privateKey",
    "serialNumber",
    "notBefore",
    "notAfter",
    "fingerprint256",
    "publicKeyFingerprint",
  ],
  secretOutputs: ["privateKey"],
};
