import * as pulumi from "@pulumi/pulumi";
import { SignedCertificate, type SignedCertificateArgs } from "./signed-certificate";

/** Whoever signs with a key of its own, such as a {@link CertificateAuthority}. */
export interface SigningAuthority {
  /** The authority's certificate (PEM). */
  certificate: pulumi.Input<string>;
  /** Its private key (PEM). Kept as a secret. */
  privateKey: pulumi.Input<string>;
}

/**
 * Declares the signing of a request (PEM), such as a certificate resource of another provider, and gives the certificate (PEM).
 * Runs once.
 */
export type Signer = (certificateSigningRequest: pulumi.Output<string>) => pulumi.Input<string>;

/** Whether a certificate is signed by an authority whose key the program has. */
export const isAuthority = (signer: SigningAuthority | Signer): signer is SigningAuthority =>
  typeof signer !== "function";

/** A certificate to be signed. */
type Signing = Omit<SignedCertificateArgs, "caCertificate" | "caPrivateKey"> & {
  certificateSigningRequest: pulumi.Output<string>;
};

/** Has a certificate signed by whoever a component of that name was given, and gives it (PEM). */
export function signBy(
  signer: SigningAuthority | Signer,
  name: string,
  signing: Signing,
  opts: pulumi.CustomResourceOptions,
): pulumi.Input<string> {
  if (!isAuthority(signer)) return signer(signing.certificateSigningRequest);
  const { certificate, privateKey } = signer ?? {};
  if (certificate === undefined || privateKey === undefined) {
    throw new pulumi.RunError(
      `"${name}": signer is an authority, which has a certificate and a privateKey, or a function that declares the signing`,
    );
  }
  return new SignedCertificate(name, { ...signing, caCertificate: certificate, caPrivateKey: privateKey }, opts)
    .certificate;
}
