import { EkmError, inFull } from "../../../core/errors";
import type { CheckFailure, Findings } from "../../../core/lifecycle";
import { warning } from "../../../core/plan";
import { checkArguments } from "../../../core/resource/description";
import { isUnknown } from "../../../core/unknown";
import { sameCertificates } from "../../../pki/certificate";
import { KeyError } from "../../../pki/errors";
import { assertValidAt, type Issuer, readIssuer } from "../../../pki/issuer";
import { type CertificateRequest, readCertificateRequest } from "../../../pki/request";
import { signatureAlgorithmFor } from "../../../pki/signature-algorithm";
import { checkCaCertificate } from "../../../pki/validate";
import { addDays } from "../../../pki/validity";
import { type SignedCertificateInputs, signedCertificateResource } from "./resource";

type Inputs = SignedCertificateInputs;

/** What was found of a signing, and what was read for it: absent while it is unknown. */
export interface SigningFindings extends Findings {
  request?: CertificateRequest;
  issuer?: Issuer;
}

/** What keeps an authority from signing a request, and what will: unknown values are left for later. */
export function checkSigning(olds: Partial<Inputs>, inputs: Inputs, now: Date): SigningFindings {
  const { caCertificate } = inputs;
  const accepted = typeof olds.caCertificate === "string" ? olds.caCertificate : undefined;
  const authority = checkCaCertificate(caCertificate, {
    property: "caCertificate",
    now,
    accepted,
    warnsOfEnd: false,
  });
  const { request, ...requested } = checkRequest(inputs);
  const failures = [
    ...requested.failures,
    ...checkKey(inputs),
    ...checkArguments(signedCertificateResource, inputs),
    ...checkPeriods(inputs),
  ];
  const isKnown = !isUnknown(caCertificate) && !isUnknown(inputs.caPrivateKey);
  if (!isKnown || failures.length + authority.failures.length > 0) {
    return { failures: [...failures, ...authority.failures], lines: authority.lines, request };
  }
  const issuing = checkIssuer(inputs, now, {
    isNew: accepted === undefined || !sameCertificates(accepted, caCertificate),
  });
  return { ...issuing, lines: [...authority.lines, ...issuing.lines], request };
}

function checkRequest({ certificateSigningRequest: text }: Inputs): Omit<SigningFindings, "lines" | "issuer"> {
  const property = "certificateSigningRequest";
  if (isUnknown(text)) return { failures: [] };
  // Without the property, whose value the engine would print: what could not be read may be a key.
  const unread = (reason: string) => ({ failures: [{ property: "", reason: `${property}: ${reason}` }] });
  if (typeof text === "object" && text !== null)
    return unread("must be one text: a certificate signing request in PEM");
  if (typeof text !== "string" || text.trim() === "") {
    return { failures: [{ property, reason: "must be a certificate signing request in PEM; it is empty" }] };
  }
  try {
    return { failures: [], request: readCertificateRequest(text) };
  } catch (error) {
    if (error instanceof EkmError) return unread(inFull(error));
    throw error;
  }
}

function checkKey({ caPrivateKey }: Inputs): CheckFailure[] {
  return isUnknown(caPrivateKey) || (typeof caPrivateKey === "string" && caPrivateKey.trim() !== "")
    ? []
    : [{ property: "", reason: "caPrivateKey must be the authority's private key in PEM; it is empty" }];
}

function checkPeriods({ validityDays, earlyRenewalDays }: Inputs): CheckFailure[] {
  const { validityDays: valid, earlyRenewalDays: early } = signedCertificateResource.arguments;
  const areDays = valid.kind.complaints(validityDays).length + early.kind.complaints(earlyRenewalDays).length === 0;
  if (!areDays || isUnknown(validityDays) || isUnknown(earlyRenewalDays)) return [];
  return Number(earlyRenewalDays) < Number(validityDays)
    ? []
    : [
        {
          property: "earlyRenewalDays",
          reason: `must be less than validityDays (${validityDays}), or every run renews`,
        },
      ];
}

function checkIssuer(
  { caCertificate, caPrivateKey, earlyRenewalDays }: Inputs,
  now: Date,
  { isNew }: { isNew: boolean },
): Findings & Pick<SigningFindings, "issuer"> {
  let issuer: Issuer;
  try {
    issuer = readIssuer(caCertificate, caPrivateKey);
    if (isNew) assertValidAt(issuer.certificate, now);
    signatureAlgorithmFor(issuer.privateKey);
  } catch (error) {
    if (!(error instanceof EkmError)) throw error;
    const property = error instanceof KeyError ? "caPrivateKey" : "caCertificate";
    return { failures: [{ property: "", reason: `${property}: ${inFull(error)}` }], lines: [] };
  }
  const { validToDate } = issuer.certificate;
  const ends = addDays(validToDate, isUnknown(earlyRenewalDays) ? 0 : -Number(earlyRenewalDays));
  if (now < ends || now > validToDate) return { failures: [], lines: [], issuer };
  const line = warning(
    `caCertificate: the authority itself ends at ${validToDate.toISOString()}: no renewal lasts longer. Renew it.`,
  );
  return { failures: [], lines: [line], issuer };
}
