import * as pulumi from "@pulumi/pulumi";
import type { CertificateAuthorityInputs, Subject } from "../../provider/pki";
import { assertKnown, type Names } from "../known-arguments";
import { EkmResource, type Props, typeOf } from "../resource";

/** Arguments of {@link CertificateAuthority}. */
export interface CertificateAuthorityArgs {
  /** Subject of the authority. Another subject is another authority. */
  subject: pulumi.Input<Subject>;
  /** @default "RSA" */
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

  /** The authority's self-signed certificate (PEM). */
  declare readonly certificate: pulumi.Output<string>;
  /** Its private key (PKCS#8 PEM). A secret. */
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

  constructor(name: string, args: CertificateAuthorityArgs, opts?: pulumi.CustomResourceOptions) {
    assertKnown(`pki.CertificateAuthority "${name}"`, args, ARGUMENTS);
    const { subject, keyAlgorithm, rsaBits, ecdsaCurve, validityDays } = args;
    const props: Props<CertificateAuthorityInputs> = { subject, keyAlgorithm, rsaBits, ecdsaCurve, validityDays };
    const secret = pulumi.mergeOptions(opts, { additionalSecretOutputs: ["privateKey"] });
    super(CertificateAuthority, name, props, OUTPUTS, secret);
  }
}

const ARGUMENTS: Names<CertificateAuthorityArgs> = {
  subject: true,
  keyAlgorithm: true,
  rsaBits: true,
  ecdsaCurve: true,
  validityDays: true,
};

const OUTPUTS = [
  "certificate",
  "privateKey",
  "serialNumber",
  "notBefore",
  "notAfter",
  "fingerprint256",
  "publicKeyFingerprint",
];
