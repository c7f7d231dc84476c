import type { X509Certificate } from "node:crypto";
import type { ReportViolation } from "@pulumi/policy";
import { EkmError } from "../provider/core/errors";
import { readCertificates } from "../provider/pki";

const DAY_MILLISECONDS = 86_400_000;

/** Certificates of a PEM text. None where it is unknown, or cannot be read: the provider's own check says that. */
export function certificatesIn(pem: string | undefined): X509Certificate[] {
  if (pem === undefined) return [];
  try {
    return readCertificates(pem);
  } catch (error) {
    if (error instanceof EkmError) return [];
    throw error;
  }
}

/** Whole days from one time to a later one. */
export const daysBetween = (from: Date, to: Date): number =>
  Math.floor((to.getTime() - from.getTime()) / DAY_MILLISECONDS);

/** Reports a certificate that ends too soon. */
export function reportRemaining(what: string, days: number, minDays: number, report: ReportViolation): void {
  if (days < minDays) report(`The ${what} should be valid for ${minDays} more days, not for ${Math.max(days, 0)}.`);
}
