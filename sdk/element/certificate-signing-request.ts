// Made by "npm run generate" from the description of element:CertificateSigningRequest in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import type { KeyPair } from "./key-pair";
import { wiring } from "./wiring";

/** Arguments of {@link CertificateSigningRequest}. */
export interface CertificateSigningRequestArgs {
  /** The pair to be certified. The request is read from the same cluster. */
  keyPair: KeyPair;
}

/**
 * The PKCS#10 request of a cluster's key pair, for an authority to sign. It is fetched again when the pair changes. It
 * is only read from the cluster, so that there is nothing to adopt.
 *
 * API method: `GetClientCertificateSignRequest`.
 * Errors: `EKM_OBJECT_NOT_FOUND`.
 */
export class CertificateSigningRequest extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:CertificateSigningRequest");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /** SHA-256 of the pair's public key (SubjectPublicKeyInfo), in hex. */
  declare readonly publicKeyFingerprint: pulumi.Output<string>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** The request, as the cluster gave it. */
  declare readonly pem: pulumi.Output<string>;
  /** Subject of the request, on one line. */
  declare readonly subject: pulumi.Output<string>;

  constructor(name: string, args: CertificateSigningRequestArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(
      SHAPE,
      name,
      args,
      opts,
      wiring["element:CertificateSigningRequest"] satisfies Wire<CertificateSigningRequestArgs>,
    );
  }
}

const SHAPE: Shape = {
  token: "element:CertificateSigningRequest",
  arguments: { keyPair: true },
  properties: ["cluster", "publicKeyFingerprint", "clusterUniqueID", "tlsVerification", "pem", "subject"],
};
