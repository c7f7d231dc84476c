import { ClientCertificateMismatchError } from "../../../core/object-errors";
import { publicKeyFingerprint, readCertificates } from "../../../pki";
import type { Vcenter } from "../api/vcenter";
import type { Referenced } from "../key-providers/referenced";
import type { KeyProviderTrustInputs } from "./resource";

/**
 * Has a provider present the declared certificate: the one that vCenter has made itself, one that was signed from its request,
 * or one with its private key.
 *
 * @throws ClientCertificateMismatchError
 */
export async function useCertificate(
  vcenter: Vcenter,
  target: Referenced,
  { certificate, privateKey }: Pick<KeyProviderTrustInputs, "certificate" | "privateKey">,
): Promise<void> {
  const { looks, changes, name } = target;
  if (certificate === undefined || isSame(await looks.clientCertificate(name), certificate)) return;
  if (privateKey !== undefined) return changes.useKeyPair(name, certificate, privateKey);
  if (isSame(await looks.generatedCertificate(name), certificate)) return changes.useGenerated(name, certificate);
  const request = await looks.signingRequest(name);
  const [wanted, requested] = [publicKeyFingerprint(certificate), request && publicKeyFingerprint(request)];
  if (wanted === requested) return changes.useSigned(name, certificate);
  throw new ClientCertificateMismatchError({
    attempt: `giving key provider "${name}" its client certificate`,
    place: vcenter.place,
    reason: `certificate is for the public key ${wanted}, and the request that vCenter keeps is ${requested === undefined ? "none" : `for ${requested}`}`,
    wayOut:
      "have the present request signed (vsphere.CertificateSigningRequest), give the certificate of a vsphere.ClientCertificate, or give the private key as well",
  });
}

/** The first certificate counts: authorities may follow it. */
export const isSame = (present: string | undefined, wanted: string): boolean =>
  present !== undefined && readCertificates(present)[0].raw.equals(readCertificates(wanted)[0].raw);
