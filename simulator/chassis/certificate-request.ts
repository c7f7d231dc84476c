import type { KeyObject } from "node:crypto";
import * as forge from "node-forge";
import { nativeSigner } from "./native-signer";

export interface NewCertificateRequest {
  /** The subject's parts, in their order. */
  subject: forge.pki.CertificateField[];
  /** As the request says it. */
  version: 0 | 2;
}

/**
 * PKCS#10 request for a client certificate, RSA with SHA-256. The signature has no random part: equal inputs give equal
 * bytes.
 */
export function certificateRequest(privateKey: KeyObject, { subject, version }: NewCertificateRequest): string {
  const signer = nativeSigner(privateKey);
  const request = forge.pki.createCertificationRequest();
  request.version = version;
  request.publicKey = signer.publicKey;
  request.setSubject(subject);
  request.setAttributes([
    {
      name: "extensionRequest",
      extensions: [
        { name: "keyUsage", critical: true, digitalSignature: true, keyEncipherment: true },
        { name: "extKeyUsage", clientAuth: true },
      ],
    },
  ]);
  signer.signInto(request);
  return forge.pki.certificationRequestToPem(request).replaceAll("\r\n", "\n");
}
