import { randomBytes } from "node:crypto";
import * as forge from "node-forge";
import type { Cluster } from "../element/cluster/cluster";
import { nativeSigner } from "./native-signer";
import { rsaKeyPool } from "./rsa-keys";

/** The certificate of the management endpoint: self-signed when the cluster is created, as on Element. */
export async function selfSignedEndpointCertificate(name: string, now: Date) {
  const { privateKey } = await rsaKeyPool.take();
  const signer = nativeSigner(privateKey);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = signer.publicKey;
  // The first digit keeps the serial number positive and without leading zeros, as DER wants it.
  certificate.serialNumber = `1${randomBytes(16).toString("hex").slice(1)}`;
  certificate.validity.notBefore = new Date(now.getTime() - 3_600_000);
  certificate.validity.notAfter = new Date(now.getTime() + 10 * 365 * 86_400_000);
  const subject = [
    { name: "commonName", value: name },
    { name: "organizationName", value: "Simulated cluster" },
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
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: forge.pki.certificateToPem(certificate).replaceAll("\r\n", "\n"),
  };
}

/** Gives the endpoint a new key and a new certificate, as RemoveSSLCertificate does. */
export async function replaceEndpointCertificate({ secrets, state, now, store }: Cluster): Promise<void> {
  const { privateKey, certificate } = await selfSignedEndpointCertificate(state.identity.name, now());
  secrets.tlsPrivateKey = privateKey;
  secrets.tlsCertificate = certificate;
  await store.save();
}
