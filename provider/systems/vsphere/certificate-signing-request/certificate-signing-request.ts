import { isNew } from "../../../core/ownership";
import { announcement } from "../../../core/plan";
import { holdsUnknown, isUnknown } from "../../../core/unknown";
import { readCertificateRequest, type Subject, sameCertificateRequests, sameSubjects } from "../../../pki";
import type { CertSignRequest } from "../api/types";
import { type ClientKeyInputs, type ClientKeyKind, clientKeyLifecycle } from "../key-providers/client-key";
import { providerIn } from "../observed/reference";
import { certificateSigningRequestResource } from "./resource";

const requested: ClientKeyKind = {
  description: certificateSigningRequestResource,
  words: {
    noun: "the certificate signing request",
    creating: "requesting a client certificate",
    none: "vCenter has no request for it any more",
    other: ", whose private key is gone",
    wayOut: "change regenerate to make one that this program goes on with, and have it signed",
  },
  examine: (_olds, inputs) => checkSubject(inputs),
  takenOver: () => [],
  find: ({ looks, name }) => looks.signingRequest(name),
  isSame: sameCertificateRequests,
  told: (pem) => ({ pem }),
  textIn: ({ pem }) => pem,
  isAskedFor: (olds, news) =>
    !isNew(olds) &&
    ((news.regenerate !== undefined && olds.regenerate !== news.regenerate) || isOtherSubject(olds, news)),
  isOtherSubject,
  suits: (_target, found, { subject }) =>
    subject === undefined || isIn(readCertificateRequest(found).subjectFields, subject),
  make: ({ target, inputs }) => target.changes.requestSigning(target.name, spelledForVcenter(inputs.subject)),
  foreseen: (place, { keyProvider }) =>
    announcement(
      `${place}: will make a new certificate signing request for "${providerIn(keyProvider).name}": certificates that were not uploaded for the present one become useless`,
    ),
};

export const certificateSigningRequest = clientKeyLifecycle(requested);

/** vCenter adds fields of its own where some are left out. */
const isIn = (found: Subject, wanted: Subject): boolean => sameSubjects({ ...found, ...wanted }, found);

/** A subject by the names that the API has for its fields. */
const spelledForVcenter = (subject: Subject | undefined): CertSignRequest | undefined => {
  if (subject === undefined) return undefined;
  const { organizationalUnit: organizationUnit, emailAddress: email, ...rest } = subject;
  return { ...rest, organizationUnit, email };
};

function isOtherSubject(olds: Partial<ClientKeyInputs>, { subject }: ClientKeyInputs): boolean {
  return subject !== undefined && (holdsUnknown(subject) || !sameSubjects(olds.subject ?? {}, subject));
}

/** Trust Authority takes no subject. */
function checkSubject({ keyProvider, subject }: ClientKeyInputs) {
  if (subject === undefined || isUnknown(subject) || isUnknown(keyProvider)) return [];
  if (providerIn(keyProvider).trustAuthorityCluster === undefined) return [];
  return [{ property: "subject", reason: "cannot be given for a trusted provider: vCenter chooses it" }];
}
