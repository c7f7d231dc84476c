import { createPrivateKey } from "node:crypto";
import * as forge from "node-forge";
import type { KeyPairSubject } from "../../../provider/systems/element/api/types";
import { certificateRequest } from "../../chassis/certificate-request";

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

export function keyPairRequest(privateKeyPem: string, given: KeyPairSubject, version: 0 | 2): string {
  const subject = subjectParts.flatMap(([part, name, valueTagClass]) => {
    const value = given[part];
    return value ? [{ name, value, valueTagClass: valueTagClass as unknown as forge.asn1.Class }] : [];
  });
  return certificateRequest(createPrivateKey(privateKeyPem), { subject, version });
}
