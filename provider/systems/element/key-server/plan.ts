import { announcement, info, type Line } from "../../../core/plan";
import { isUnknown, UNKNOWN } from "../../../core/unknown";
import { type CertificateDescription, inWords } from "../../../pki";
import type { KeyServerParams } from "../api/types";
import { nameOf } from "../wording";
import type { KeyServerInputs, KeyServerOutputs } from "./resource";

/** With what certificate a new key server begins, in words; `undefined` while that is not known. */
export function certificateOf({
  name,
  clientCertificateDescription: certificate,
}: KeyServerInputs): string | undefined {
  if (certificate === undefined || isUnknown(certificate)) return undefined;
  return `${nameOf("key server", UNKNOWN, name)}: the client certificate is ${inWords(certificate)}`;
}

/** Says what an update of these fields will bring about. Lines about certificates are as true when it is done. */
export function foreseenUpdate(olds: KeyServerOutputs, news: KeyServerInputs, patch: Partial<KeyServerParams>): Line[] {
  const lines: Line[] = [];
  const server = nameOf("key server", olds.keyServerID, olds.name);
  if (patch.kmipClientCertificate !== undefined) {
    const [before, after] = [olds.clientCertificateDescription, news.clientCertificateDescription];
    const change =
      before !== undefined && before.fingerprint256 === after?.fingerprint256
        ? `${server}: the client certificate stays, followed by ${issuersOf(news)} instead of ${issuersOf(olds)}: no rekey`
        : `${server}: the client certificate ${listed(before)} gives way to ${listed(after)}: no rekey`;
    lines.push(info(change));
  }
  if (patch.kmipCaCertificate !== undefined) {
    const [before, after] = [listed(olds.caCertificateDescriptions), listed(news.caCertificateDescriptions)];
    lines.push(info(`${server}: its own certificate will be verified with ${after} instead of ${before}`));
  }
  if (patch.kmipKeyServerHostnames !== undefined || patch.kmipKeyServerPort !== undefined) {
    lines.push(
      announcement(
        `${server}: the cluster will contact the new address first, and change nothing when that fails or when its keys are not there`,
      ),
    );
  }
  if (!olds.tested) {
    lines.push(announcement(`${server}: the last test of the connection failed, and it will be tested again`));
  }
  return lines;
}

const issuersOf = ({ clientCertificateIssuerDescriptions: issuers }: KeyServerInputs): string =>
  issuers === undefined ? "no issuer" : listed(issuers);

/**
 * Certificates in words. A certificate that this run still has to make is not known, and a stored text may be no PEM.
 */
function listed(descriptions: CertificateDescription | CertificateDescription[] | undefined): string {
  if (descriptions === undefined) return "a text that is no certificate";
  if (isUnknown(descriptions)) return "one that is not known yet";
  return [descriptions].flat().map(inWords).join(" and ");
}
