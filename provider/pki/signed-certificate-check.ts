import { EkmError } from "../errors";
import { type CheckFailure, isUnknown } from "../lifecycle";
import { sameCertificates } from "./certificate";
import { assertValidAt, type Issuer, readIssuer } from "./issuer";
import { readCertificateRequest } from "./request";
import { signatureAlgorithmFor } from "./signature-algorithm";
import type { SignedCertificateInputs } from "./signed-certificate-state";
import { checkCaCertificate, type Findings } from "./validate";
import { addDays, checkDays } from "./validity";

type Inputs = SignedCertificateInputs;

/** What keeps an authority from signing a request, and what will: unknown values are left for later. */
export function checkSigning(olds: Partial<Inputs>, inputs: Inputs, now: Date): Findings {
  const { caCertificate } = inputs;
  const accepted = typeof olds.caCertificate === "string" ? olds.caCertificate : undefined;
  const authority = checkCaCertificate(caCertificate, {
    property: "caCertificate",
    now,
    accepted,
    warnsOfEnd: false,
  });
  const failures = [...checkRequest(inputs), ...checkKey(inputs), ...checkPeriods(inputs)];
  const isKnown = !isUnknown(caCertificate) && !isUnknown(inputs.caPrivateKey);
  if (!isKnown || failures.length + authority.failures.length > 0) {
    return { failures: [...failures, ...authority.failures], warnings: authority.warnings };
  }
  const issuing = checkIssuer(inputs, now, {
    isNew: accepted === undefined || !sameCertificates(accepted, caCertificate),
  });
  return { failures: issuing.failures, warnings: [...authority.warnings, ...issuing.warnings] };
}

function checkRequest({ certificateSigningRequest: request }: Inputs): CheckFailure[] {
  const property = "certificateSigningRequest";
  if (isUnknown(request)) return [];
  if (typeof request === "object" && request !== null) {
    return [{ property: "", reason: `${property}: must be one text: a certificate signing request in PEM` }];
  }
  if (typeof request !== "string" || request.trim() === "") {
    return [{ property, reason: "must be a certificate signing request in PEM; it is empty" }];
  }
  // Without the property, whose value the engine would print: what could not be read may be a key.
  return complaintOf(() => readCertificateRequest(request)).map((reason) => ({
    property: "",
    reason: `${property}: ${reason}`,
  }));
}

function checkKey({ caPrivateKey }: Inputs): CheckFailure[] {
  return isUnknown(caPrivateKey) || (typeof caPrivateKey === "string" && caPrivateKey.trim() !== "")
    ? []
    : [{ property: "", reason: "caPrivateKey must be the authority's private key in PEM; it is empty" }];
}

function checkPeriods({ validityDays, earlyRenewalDays }: Inputs): CheckFailure[] {
  const failures = [
    ...checkDays("validityDays", validityDays, 1),
    ...checkDays("earlyRenewalDays", earlyRenewalDays, 0),
  ];
  if (failures.length > 0 || isUnknown(validityDays) || isUnknown(earlyRenewalDays)) return failures;
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
): Findings {
  let issuer: Issuer;
  try {
    issuer = readIssuer(caCertificate, caPrivateKey);
    if (isNew) assertValidAt(issuer.certificate, now);
  } catch (error) {
    if (error instanceof EkmError) return { failures: [{ property: "", reason: error.message }], warnings: [] };
    throw error;
  }
  const unfit = complaintOf(() => signatureAlgorithmFor(issuer.privateKey));
  if (unfit.length > 0) {
    return { failures: unfit.map((reason) => ({ property: "", reason: `caPrivateKey: ${reason}` })), warnings: [] };
  }
  const { validToDate } = issuer.certificate;
  const ends = addDays(validToDate, isUnknown(earlyRenewalDays) ? 0 : -Number(earlyRenewalDays));
  const warnings =
    now >= ends && now <= validToDate
      ? [`caCertificate: the authority itself ends at ${validToDate.toISOString()}: no renewal lasts longer. Renew it.`]
      : [];
  return { failures: [], warnings };
}

function complaintOf(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof EkmError) return [error.message];
    throw error;
  }
}
