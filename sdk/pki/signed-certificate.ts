// Made by "npm run generate" from the description of pki:SignedCertificate in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import type { CertificateDescription } from "../../provider/pki";
import { given } from "../given";
import { EkmResource, type Shape, typeOf } from "../resource";
import { derived } from "./wiring";

/** Arguments of {@link SignedCertificate}. */
export interface SignedCertificateArgs {
  /** The PKCS#10 request (PEM) whose subject and public key are certified. */
  certificateSigningRequest: pulumi.Input<string>;
  /** Certificate of the signing authority (PEM). Of a chain, the certificate of `caPrivateKey` signs. */
  caCertificate: pulumi.Input<string>;
  /** Private key of the signing authority (PEM). Kept as a secret. */
  caPrivateKey: pulumi.Input<string>;
  /**
   * Days that the certificate is valid. It never outlives its authority.
   * @default 365
   */
  validityDays?: pulumi.Input<number>;
  /**
   * Days before its end at which a `pulumi up` renews the certificate, in place and for the same key.
   * @default 30
   */
  earlyRenewalDays?: pulumi.Input<number>;
  /**
   * A changed or added value has the certificate signed anew at the next `pulumi up`, in place and for the same key.
   * Equal values never do, nor does leaving them all out.
   */
  renewalTriggers?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /**
   * Whether `certificate` is followed by the authorities that issued it, as far as `caCertificate` has them: for key
   * servers that know the root alone.
   * @default false
   */
  includeIssuers?: pulumi.Input<boolean>;
}

/**
 * A client certificate for a cluster's key pair, signed with an authority's key. Renewed in place when it nears its
 * end, without a new key pair and without a rekey.
 */
export class SignedCertificate extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("pki:SignedCertificate");

  /** Days of validity that were asked for. */
  declare readonly validityDays: pulumi.Output<number>;
  /** Days before its end at which the certificate is renewed. */
  declare readonly earlyRenewalDays: pulumi.Output<number>;
  /** The triggers that the certificate satisfied. */
  declare readonly renewalTriggers: pulumi.Output<Record<string, string> | undefined>;
  /** Whether `certificate` is followed by its issuers. */
  declare readonly includeIssuers: pulumi.Output<boolean | undefined>;
  /** Subject, on one line. */
  declare readonly subject: pulumi.Output<string>;
  /** Issuer, on one line. */
  declare readonly issuer: pulumi.Output<string>;
  /** SHA-256 of the public key (SubjectPublicKeyInfo), in hex. */
  declare readonly publicKeyFingerprint: pulumi.Output<string>;
  /** The certificates of `caCertificate` in words: subject, issuer, serial number, validity, fingerprint. */
  declare readonly caCertificateDescriptions: pulumi.Output<CertificateDescription[]>;
  /** True where a refresh found that `renewalTime` has come. */
  declare readonly renewalDue: pulumi.Output<boolean | undefined>;
  /** The certificate (PEM), followed by its issuers where `includeIssuers` says so. */
  declare readonly certificate: pulumi.Output<string>;
  /** Serial number, in hex. */
  declare readonly serialNumber: pulumi.Output<string>;
  /** Start of validity, ISO 8601: a little in the past, for clocks that differ. */
  declare readonly notBefore: pulumi.Output<string>;
  /** End of validity, ISO 8601. */
  declare readonly notAfter: pulumi.Output<string>;
  /** Time from which a `pulumi up` renews the certificate, ISO 8601. */
  readonly renewalTime: pulumi.Output<string>;
  /** SHA-256 of the certificate. */
  declare readonly fingerprint256: pulumi.Output<string>;

  constructor(name: string, args: SignedCertificateArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts);
    this.renewalTime = derived["pki:SignedCertificate"].renewalTime(this, given(args));
  }
}

const SHAPE: Shape = {
  token: "pki:SignedCertificate",
  arguments: {
    certificateSigningRequest: true,
    caCertificate: true,
    caPrivateKey: true,
    validityDays: true,
    earlyRenewalDays: true,
    renewalTriggers: true,
    includeIssuers: true,
  },
  properties: [
    "certificateSigningRequest",
    "caCertificate",
    "caPrivateKey",
    "validityDays",
    "earlyRenewalDays",
    "renewalTriggers",
    "includeIssuers",
    "subject",
    "issuer",
    "publicKeyFingerprint",
    "caCertificateDescriptions",
    "renewalDue",
    "certificate",
    "serialNumber",
    "notBefore",
    "notAfter",
    "fingerprint256",
  ],
  secrets: ["certificateSigningRequest", "caCertificate", "caPrivateKey"],
};
