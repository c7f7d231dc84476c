import { generateKeyPairSync, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { md, pki } from "node-forge";

/** A certificate and the private key that belongs to it, both PEM. */
export interface Identity {
  certificate: string;
  privateKey: string;
}

/** What an organisation has before it begins: an authority, and what that authority signed. */
export interface Certificates {
  authority: Identity;
  keyServer: Identity;
  /** A client of the key server besides the cluster: whoever looks at what the server really holds. */
  observer: Identity;
}

const ORGANIZATION = "Example";
const DAY_MS = 24 * 3_600_000;
const AUTHORITY_DAYS = 3650;
const VALIDITY_DAYS = 90;
/** Some clocks are a little behind. */
const SET_BACK_MS = 5 * 60_000;
const RSA_BITS = 2048;

/** @param hosts Names and addresses under which the key server may be reached. */
export function makeCertificates(hosts: string[]): Certificates {
  const authority = makeAuthority();
  const names = { name: "subjectAltName", altNames: hosts.map(alternativeName) };
  return {
    authority,
    keyServer: issue(authority, "Key Server", [{ name: "extKeyUsage", serverAuth: true }, names]),
    observer: issue(authority, "Observer", [{ name: "extKeyUsage", clientAuth: true }]),
  };
}

function makeAuthority(): Identity {
  const pair = newKeyPair();
  const certificate = blankCertificate(pair.publicKey, "Example Authority", AUTHORITY_DAYS);
  certificate.setIssuer(certificate.subject.attributes);
  certificate.setExtensions([
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    { name: "subjectKeyIdentifier" },
  ]);
  return sealed(certificate, pair.privateKey, pair.privateKey);
}

function issue(authority: Identity, commonName: string, extensions: object[]): Identity {
  const pair = newKeyPair();
  const certificate = blankCertificate(pair.publicKey, commonName, VALIDITY_DAYS);
  certificate.setIssuer(pki.certificateFromPem(authority.certificate).subject.attributes);
  certificate.setExtensions([
    { name: "basicConstraints", cA: false, critical: true },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
    ...extensions,
  ]);
  return sealed(certificate, pair.privateKey, authority.privateKey);
}

const newKeyPair = () =>
  generateKeyPairSync("rsa", {
    modulusLength: RSA_BITS,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });

function blankCertificate(publicKey: string, commonName: string, days: number): pki.Certificate {
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(publicKey);
  // A leading zero byte keeps the serial number positive.
  certificate.serialNumber = `00${randomBytes(15).toString("hex")}`;
  certificate.validity.notBefore = new Date(Date.now() - SET_BACK_MS);
  certificate.validity.notAfter = new Date(Date.now() + days * DAY_MS);
  certificate.setSubject(subjectOf(commonName));
  return certificate;
}

function sealed(certificate: pki.Certificate, privateKey: string, issuerKey: string): Identity {
  certificate.sign(pki.privateKeyFromPem(issuerKey), md.sha256.create());
  return { certificate: pki.certificateToPem(certificate), privateKey };
}

const subjectOf = (commonName: string): pki.CertificateField[] => [
  { name: "organizationName", value: ORGANIZATION },
  { name: "commonName", value: commonName },
];

/** The alternative name types of RFC 5280: 2 is a DNS name, 7 an IP address. */
const alternativeName = (host: string) => (isIP(host) ? { type: 7, ip: host } : { type: 2, value: host });
