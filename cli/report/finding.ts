import type { Finding, ReadCertificate } from "./model";
import { endInWords } from "./wording";

/** A finding, before it is told of which system. */
export const finding = (kind: Finding["kind"], text: string): Finding => ({ kind, text });

/** What is wrong with a certificate, if there is one. @param title with which a sentence about it begins */
export function certificateFindings(title: string, { certificate, unreadable }: ReadCertificate = {}): Finding[] {
  if (unreadable !== undefined) return [finding("certificates", `${title} cannot be read: ${unreadable}`)];
  if (certificate === undefined || certificate.status === "valid") return [];
  const kind = certificate.status === "endsSoon" ? "notice" : "certificates";
  return [finding(kind, `${title} ${endInWords(certificate)}.`)];
}
