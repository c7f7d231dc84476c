import { isEkmError } from "../../provider/core/errors";
import { type CertificateDescription, describeCertificate } from "../../provider/pki";
import type { Validity } from "../../provider/pki/issue";
import { addDays, beginsLater, noticeTime } from "../../provider/pki/validity";
import { wholeDays } from "./time";

/** Where a certificate stands in its life at the time of a report. */
export interface CertificateLife {
  /** `endsSoon` within the last tenth of its validity, at most 30 days, or within the days that `--days` names. */
  status: "valid" | "endsSoon" | "ended" | "notYetValid";
  /** Whole days from the time of the report to its end; negative after it. */
  daysLeft: number;
}

/** From when on a certificate is said to end soon. */
export type Notice = (validity: Validity) => Date;

/** So many days before the end, whatever the certificate's life. */
export const noticeOfDays =
  (days: number): Notice =>
  ({ notAfter }) =>
    addDays(notAfter, -days);

/** A certificate that a system tells, with its life, or why it cannot be read. */
export interface ReadCertificate {
  certificate?: CertificateDescription & CertificateLife;
  unreadable?: string;
}

/** The first certificate of a text. */
export function readCertificate(pem: string, { now, notice }: { now: Date; notice?: Notice }): ReadCertificate {
  try {
    const certificate = describeCertificate(pem);
    return { certificate: { ...certificate, ...lifeOf(certificate, now, notice) } };
  } catch (error) {
    if (!isEkmError(error)) throw error;
    return { unreadable: error.message };
  }
}

export function lifeOf(
  { notBefore, notAfter }: Pick<CertificateDescription, "notBefore" | "notAfter">,
  now: Date,
  notice: Notice = noticeTime,
): CertificateLife {
  const validity = { notBefore: new Date(notBefore), notAfter: new Date(notAfter) };
  return { status: statusOf(validity, now, notice), daysLeft: wholeDays(now, validity.notAfter) };
}

function statusOf(validity: Validity, now: Date, notice: Notice): CertificateLife["status"] {
  if (now > validity.notAfter) return "ended";
  if (beginsLater(validity, now)) return "notYetValid";
  return now >= notice(validity) ? "endsSoon" : "valid";
}
