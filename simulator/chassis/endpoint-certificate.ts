import { rsaKeyPool } from "./rsa-keys";
import { selfSignedCertificate } from "./self-signed-certificate";

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
  return {
    tlsPrivateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    tlsCertificate: selfSignedCertificate(privateKey, {
      subject: [
        { name: "commonName", value: commonName },
        { name: "organizationName", value: organizationName },
      ],
      notBefore: new Date(now.getTime() - 3_600_000),
      notAfter: new Date(now.getTime() + 10 * 365 * 86_400_000),
      extensions: [
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
      ],
    }),
  };
}
