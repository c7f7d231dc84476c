import { createPrivateKey, type KeyObject } from "node:crypto";
import type { pki } from "node-forge";
import { certificateRequest } from "../../chassis/certificate-request";
import { rsaKeyPool } from "../../chassis/rsa-keys";
import { selfSignedCertificate } from "../../chassis/self-signed-certificate";
import { VCenterError } from "../vcenter/errors";
import type { VCenter } from "../vcenter/machine";
import type { CertificateOrigin, KeyProvider } from "../vcenter/state";
import { awaitNextCheck } from "./health";
import { readCertificate, readPrivateKey } from "./pem";

/** The members of CryptoManagerKmipCertSignRequest. */
export interface Subject {
  commonName?: string;
  organization?: string;
  organizationUnit?: string;
  locality?: string;
  state?: string;
  country?: string;
  email?: string;
}

const subjectParts: Record<keyof Subject, string> = {
  country: "countryName",
  state: "stateOrProvinceName",
  locality: "localityName",
  organization: "organizationName",
  organizationUnit: "organizationalUnitName",
  commonName: "commonName",
  email: "emailAddress",
};

const usualSubject: Subject = { commonName: "vcenter.simulated.local", organization: "VMware", country: "US" };
const VALID_DAYS = 2 * 365;

/** A new key with a certificate of its own. Nothing uses it yet. */
export async function generateSelfSigned(
  vcenter: VCenter,
  subject: Subject = usualSubject,
): Promise<{ pem: string; key: string }> {
  const { privateKey } = await rsaKeyPool.take();
  const now = vcenter.now().getTime();
  const pem = selfSignedCertificate(privateKey, {
    subject: fieldsOf(subject),
    notBefore: new Date(now - 3_600_000),
    notAfter: new Date(now + VALID_DAYS * 86_400_000),
    extensions: [
      { name: "basicConstraints", cA: false },
      { name: "keyUsage", critical: true, digitalSignature: true, keyEncipherment: true },
      { name: "extKeyUsage", clientAuth: true },
    ],
  });
  return { pem, key: textOf(privateKey) };
}

/** A new key and a request for it. The request before, and its key, are lost. */
export async function makeSigningRequest(
  vcenter: VCenter,
  provider: KeyProvider,
  subject: Subject = usualSubject,
): Promise<string> {
  const { privateKey } = await rsaKeyPool.take();
  provider.signingRequest = certificateRequest(privateKey, { subject: fieldsOf(subject), version: 0 });
  vcenter.secretsOf(provider).signingRequestKey = textOf(privateKey);
  return provider.signingRequest;
}

/** Shows key servers another certificate from now on, with its key. */
export function useCertificate(
  vcenter: VCenter,
  provider: KeyProvider,
  { pem, key, origin }: { pem: string; key: string | undefined; origin: CertificateOrigin },
): void {
  provider.clientCertificate = { pem, origin };
  vcenter.secretsOf(provider).clientKey = key;
  awaitNextCheck(vcenter, provider);
}

/** The key that belongs to a certificate which answers the last request. */
export function keyOfSigned(
  vcenter: VCenter,
  provider: KeyProvider,
  certificate: { property: string; pem: string },
): string | undefined {
  const parsed = readCertificate(certificate.property, certificate.pem);
  const key = vcenter.secretsOf(provider).signingRequestKey;
  if (key !== undefined && parsed.checkPrivateKey(createPrivateKey(key))) return key;
  if (vcenter.switches.mismatchedCertificate === "accept") return undefined;
  const why = key === undefined ? "there is none" : "it was made for another key";
  throw new VCenterError(
    "invalidArgument",
    `The certificate does not match the certificate signing request: ${why}.`,
    certificate.property,
  );
}

/** The key of an uploaded pair. */
export function keyOfPair(
  certificate: { property: string; pem: string },
  privateKey: { property: string; pem: string },
): string {
  const parsed = readCertificate(certificate.property, certificate.pem);
  const key = readPrivateKey(privateKey.property, privateKey.pem);
  if (parsed.checkPrivateKey(key)) return textOf(key);
  throw new VCenterError("invalidArgument", "The private key does not match the certificate.", privateKey.property);
}

/** A text that is told, or what the switch says of one that is not there. */
export function presentOrMissing({ switches }: VCenter, pem: string | undefined, what: string): string {
  if (pem !== undefined) return pem;
  if (switches.missingCertificate === "empty") return "";
  throw new VCenterError("notFound", `There is no ${what}.`);
}

const textOf = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }).toString();

const fieldsOf = (subject: Subject): pki.CertificateField[] =>
  (Object.entries(subjectParts) as [keyof Subject, string][]).flatMap(([part, name]) => {
    const value = subject[part];
    return value ? [{ name, value }] : [];
  });
