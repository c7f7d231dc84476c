import * as pulumi from "@pulumi/pulumi";
import type { CertificateDescription, Foreseen, SignedCertificateInputs } from "../../provider/pki";
import { DEFAULT_EARLY_RENEWAL_DAYS } from "../../provider/pki/signed-certificate-state";
import { addDays } from "../../provider/pki/validity";
import { assertKnown, type Names } from "../known-arguments";
import { EkmResource, type Props, pemInput, typeOf } from "../resource";

/** Arguments of {@link SignedCertificate}. */
export interface SignedCertificateArgs {
  /** The PKCS#10 request (PEM) whose subject and public key are certified. */
  certificateSigningRequest: pulumi.Input<string>;
  /** Certificate of the signing authority (PEM); in a chain, whichever has this key signs. */
  caCertificate: pulumi.Input<string>;
  /** Private key of the signing authority (PEM). Kept as a secret. */
  caPrivateKey: pulumi.Input<string>;
  /**
   * Days that the certificate is valid. It never outlives its authority.
   * @default 365
   */
  validityDays?: pulumi.Input<number>;
  /**
   * Days before its end at which a `pulumi up` renews it, in place and for the same key.
   * @default 30
   */
  earlyRenewalDays?: pulumi.Input<number>;
  /**
   * A changed or added value has the certificate signed anew at the next `pulumi up`, in place and for the same key. Equal
   * values never do, and leaving them all out does not either.
   */
  renewalTriggers?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Whether `certificate` is followed by the authorities that issued it, as far as `caCertificate` has them: for key servers
   * that know the root alone.
   * @default false
   */
  includeIssuers?: pulumi.Input<boolean>;
}

/**
 * A client certificate for a cluster's key pair, signed with an authority's key. Renewed in place when it nears its end,
 * without a new key pair and without a rekey.
 */
export class SignedCertificate extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("pki:SignedCertificate");

  /** The certificate (PEM), followed by its issuers where `includeIssuers` says so. */
  declare readonly certificate: pulumi.Output<string>;
  /** Subject, on one line. */
  declare readonly subject: pulumi.Output<string>;
  /** Issuer, on one line. */
  declare readonly issuer: pulumi.Output<string>;
  /** Serial number, in hex. */
  declare readonly serialNumber: pulumi.Output<string>;
  /** Start of validity, ISO 8601: a little in the past, for clocks that differ. */
  declare readonly notBefore: pulumi.Output<string>;
  /** End of validity, ISO 8601. */
  declare readonly notAfter: pulumi.Output<string>;
  /** From when on a `pulumi up` renews it, ISO 8601. */
  readonly renewalTime: pulumi.Output<string>;
  /** True where a refresh found that this time has come. */
  declare readonly renewalDue: pulumi.Output<boolean | undefined>;
  /** SHA-256 of the certificate. */
  declare readonly fingerprint256: pulumi.Output<string>;
  /** SHA-256 of the public key (SubjectPublicKeyInfo), in hex. */
  declare readonly publicKeyFingerprint: pulumi.Output<string>;
  /** The certificates of `caCertificate` in words: subject, issuer, serial number, validity, fingerprint. */
  declare readonly caCertificateDescriptions: pulumi.Output<CertificateDescription[]>;

  constructor(name: string, args: SignedCertificateArgs, opts: pulumi.CustomResourceOptions = {}) {
    assertKnown(`pki.SignedCertificate "${name}"`, args, ARGUMENTS);
    const { certificateSigningRequest, caCertificate, caPrivateKey } = args;
    const { validityDays, earlyRenewalDays, renewalTriggers, includeIssuers } = args;
    const props: Props<SignedCertificateInputs, keyof Foreseen> = {
      certificateSigningRequest: pemInput(certificateSigningRequest),
      caCertificate: pemInput(caCertificate),
      caPrivateKey: pulumi.secret(caPrivateKey),
      validityDays,
      earlyRenewalDays,
      renewalTriggers,
      includeIssuers,
    };
    super(SignedCertificate, name, props, OUTPUTS, opts);
    this.renewalTime = renewalTimeOf(this.notAfter, earlyRenewalDays);
  }
}

/**
 * By what the program says now: another window changes no state before the certificate is signed anew. A test with mocks may
 * have no end of the certificate.
 */
const renewalTimeOf = (
  notAfter: pulumi.Output<string>,
  earlyRenewalDays: pulumi.Input<number> | undefined,
): pulumi.Output<string> =>
  pulumi
    .all([notAfter, earlyRenewalDays])
    .apply(([end, days]) =>
      typeof end === "string" ? addDays(new Date(end), -(days ?? DEFAULT_EARLY_RENEWAL_DAYS)).toISOString() : end,
    );

const ARGUMENTS: Names<SignedCertificateArgs> = {
  certificateSigningRequest: true,
  caCertificate: true,
  caPrivateKey: true,
  validityDays: true,
  earlyRenewalDays: true,
  renewalTriggers: true,
  includeIssuers: true,
};

const OUTPUTS = [
  "certificate",
  "subject",
  "issuer",
  "serialNumber",
  "notBefore",
  "notAfter",
  "renewalDue",
  "fingerprint256",
  "publicKeyFingerprint",
  "caCertificateDescriptions",
];
