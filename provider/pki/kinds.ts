import { type ObjectKind, objectOf, text, time } from "../core/resource/kinds";
import type { CertificateDescription } from "./certificate";
import { checkSubject, type Subject } from "./subject";

const field = (doc: string) => ({ kind: text, doc, optional: true }) as const;

export const subject: ObjectKind<Subject> = objectOf<Subject>(
  "Subject",
  "A subject of X.509, with its fields named as in the Element API.",
  {
    commonName: field("Such as the cluster's host name."),
    organization: field("Legal name of the organization."),
    organizationalUnit: field("Department."),
    locality: field("City."),
    state: field("State or province."),
    country: field("ISO 3166 code of two letters."),
    emailAddress: field("ASCII."),
  },
  (value) => checkSubject(value, "").map(({ property, reason }) => ({ path: property && `.${property}`, reason })),
);

export const certificateDescription: ObjectKind<CertificateDescription> = objectOf<CertificateDescription>(
  "CertificateDescription",
  "A certificate in words.",
  {
    subject: { kind: text, doc: "On one line, such as `CN=storage-1, O=Example`." },
    issuer: { kind: text, doc: "As the subject." },
    serialNumber: { kind: text, doc: "Uppercase hexadecimal." },
    notBefore: { kind: time, doc: "ISO 8601." },
    notAfter: { kind: time, doc: "ISO 8601." },
    fingerprint256: {
      kind: text,
      doc: "SHA-256 of the whole certificate: uppercase hexadecimal, pairs separated by colons.",
    },
  },
);
