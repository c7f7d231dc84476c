import type { Place } from "../../../core/errors";
import { describeCertificate, readCertificates } from "../../../pki";
import { ServerCertificateError } from "../errors";
import type { KeyProvider, PeerCertificate } from "../observed/key-providers";
import { certificatesAmong, fingerprintOf } from "../observed/pins";
import type { Providers } from "./referenced";

/** What the servers of a provider present, held against the certificates that a program lists. */
export interface Presentation {
  all: readonly PeerCertificate[];
  /** Listed, and not trusted by vCenter so far (PEM). */
  untrusted: string[];
  /** Presented, and not listed. */
  strangers: PeerCertificate[];
  unreachable: PeerCertificate[];
}

/** Looks at what servers present, and whether vCenter trusts it. */
export async function presentation(
  { looks }: Providers,
  provider: KeyProvider,
  pins: readonly string[],
): Promise<Presentation> {
  const wanted = new Set(pins.map(fingerprintOf));
  // A trusted provider tells of every server that it has, those that are about to leave it among them.
  const names = new Set(provider.servers.map(({ name }) => name));
  const all = (await looks.peerCertificates(provider)).filter(({ server }) => names.has(server));
  const found: Presentation = { all, untrusted: [], strangers: [], unreachable: [] };
  for (const each of all) {
    const { certificate, isTrusted } = each;
    if (certificate === undefined) found.unreachable.push(each);
    else if (!wanted.has(readCertificates(certificate)[0].fingerprint256)) found.strangers.push(each);
    else if (!isTrusted) found.untrusted.push(certificate);
  }
  return found;
}

/** @throws ServerCertificateError where a server presents what is not listed */
export function assertListed({ strangers: [stranger] }: Presentation, name: string, place: Place): void {
  if (stranger?.certificate === undefined) return;
  const { subject, issuer, notBefore, notAfter, fingerprint256 } = describeCertificate(stranger.certificate);
  throw new ServerCertificateError({
    attempt: `trusting key server "${stranger.server}" of key provider "${name}"`,
    place,
    reason: `it presents the certificate of "${subject}", issued by "${issuer}", valid from ${notBefore} to ${notAfter}, with the SHA-256 fingerprint ${fingerprint256}, which trustedServers does not list`,
    wayOut: `compare the fingerprint with the key server's own, over another way than this network; where it is the same, add "${fingerprint256}" to trustedServers`,
  });
}

/**
 * Has vCenter trust what is listed: at once what is given as a certificate, and of the rest what servers present. Nothing
 * that was trusted before is taken away.
 */
export async function trustListed(
  { looks, changes }: Providers,
  provider: KeyProvider,
  { untrusted }: Pick<Presentation, "untrusted">,
  pins: readonly string[],
): Promise<void> {
  const { name } = provider;
  if (looks.family === "standard") {
    if (untrusted.length > 0) await changes.trust(name, unique(untrusted));
    return;
  }
  const former = await looks.trustedCertificates(provider);
  const trusted = new Set(former.map(fingerprintOf));
  const missing = [...certificatesAmong(pins).values(), ...untrusted].filter((pem) => !trusted.has(fingerprintOf(pem)));
  if (missing.length > 0) await changes.trust(name, unique([...former, ...missing]));
}

/** Takes away what is trusted and not listed, where vCenter can do that. */
export async function distrustOthers(
  { looks, changes }: Providers,
  provider: KeyProvider,
  pins: readonly string[],
): Promise<void> {
  if (looks.family === "standard") return;
  const former = await looks.trustedCertificates(provider);
  const wanted = new Set(pins.map(fingerprintOf));
  const kept = former.filter((pem) => wanted.has(fingerprintOf(pem)));
  if (kept.length < former.length) await changes.trust(provider.name, kept);
}

const unique = (certificates: readonly string[]): string[] => [
  ...new Map(certificates.map((pem) => [fingerprintOf(pem), pem])).values(),
];
