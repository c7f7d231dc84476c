import { createPrivateKey } from "node:crypto";
import * as forge from "node-forge";
import type { KeyPairSubject } from "../../../provider/systems/element/api/types";
import { nativeSigner } from "../../chassis/native-signer";

const utf8 = forge.asn1.Type.UTF8;
const ia5 = forge.asn1.Type.IA5STRING;
const printable = forge.asn1.Type.PRINTABLESTRING;

/** Element's order of the subject's parts, and the string type of each. */
const subjectParts: [keyof KeyPairSubject, string, forge.asn1.Type][] = [
  ["commonName", "commonName", utf8],
  ["organization", "organizationName", utf8],
  ["organizationalUnit", "organizationalUnitName", utf8],
  ["locality", "localityName", utf8],
  ["state", "stateOrProvinceName", utf8],
  ["country", "countryName", printable],
  ["emailAddress", "emailAddress", ia5],
];

/** PKCS#10 request, RSA with SHA-256. The signature has no random part: equal inputs give equal bytes. */
export function certificateRequest(privateKeyPem: string, subject: KeyPairSubject, version: 0 | 2): string {
  const signer = nativeSigner(createPrivateKey(privateKeyPem));
  const request = forge.pki.createCertificationRequest();
  request.version = version;
  request.publicKey = signer.publicKey;
  request.setSubject(
    subjectParts.flatMap(([part, name, valueTagClass]) => {
      const value = subject[part];
      return value ? [{ name, value, valueTagClass: valueTagClass as unknown as forge.asn1.Class }] : [];
    }),
  );
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
