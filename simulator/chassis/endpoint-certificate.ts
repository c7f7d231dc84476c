import { randomBytes } from "node:crypto";
import * as forge from "node-forge";
import { nativeSigner } from "./native-signer";
import { rsaKeyPool } from "./rsa-keys";

/** The key and the certificate that an endpoint presents, PEM. */
export interface EndpointSecrets {
  tlsPrivateKey: string;
  tlsCertificate: string;
}

/** Who a certificate is made out to. */
export interface CertificateSubject {
  commonName: string;
  organizationName: string;
}

/** A new key with a certificate of its own, for loopback addresses. */
export async function selfSignedEndpointCertificate(
  { commonName, organizationName }: CertificateSubject,
  now: Date,
): Promise<EndpointSecrets> {
  const { privateKey } = await rsaKeyPool.take();
  const signer = nativeSigner(privateKey);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = signer.publicKey;
  // The first digit keeps the serial number positive and without leading zeros, as DER wants it.
  certificate.serialNumber = `1${randomBytes(16).toString("hex").slice(1)}`;
  certificate.validity.notBefore = new Date(now.getTime() - 3_600_000);
  certificate.validity.notAfter = new Date(now.getTime() + 10 * 365 * 86_400_000);
  const subject = [
    { name: "commonName", value: commonName },
    { name: "organizationName", value: organizationName },
  ];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", critical: true, digitalSignature: true, keyEncipherment: true, keyCertSign: true },
    { name: "extKeyUsage", serverAuth: true },
    {
      name: "subjectAltName",
      altNames: [
        { type: 2, value: "localhost" },
        { type: 7, ip: "127.0.0.1" },
        { type: 7, ip: "::1" },
      ],
    },
    { name: "subjectKeyIdentifier" },
  ]);
  signer.signInto(certificate);
  return {
    tlsPrivateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    tlsCertificate: forge.pki.certificateToPem(certificate).replaceAll("\r\n", "\n"),
  };
}
