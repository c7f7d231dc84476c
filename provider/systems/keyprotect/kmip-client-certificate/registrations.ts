import type { X509Certificate } from "node:crypto";
import type { Context } from "../../../core/lifecycle";
import { EqualObjectExistsError, ObjectNotFoundError } from "../../../core/object-errors";
import { readCertificates } from "../../../pki";
import { KeyProtectApiError } from "../api/errors";
import type { Instance } from "../api/instance";
import type { KmipClientCertificate } from "../api/types";
import { CertificateRegisteredElsewhereError } from "../errors";
import { noteCreation, registrationAt } from "../leftovers";
import { registrationIn, registrationName } from "../marks";
import { findClientCertificate, listClientCertificates } from "../observed/kmip-adapters";
import type { KmipClientCertificateInputs } from "./resource";

/** Registrations at an adapter. @throws ObjectNotFoundError where there is no such adapter */
export async function registrationsAt(
  instance: Instance,
  adapter: string,
  attempt: string,
): Promise<KmipClientCertificate[]> {
  const registrations = await listClientCertificates(instance, adapter);
  if (registrations !== undefined) return registrations;
  throw new ObjectNotFoundError({
    attempt,
    place: instance.place,
    reason: `the instance has no KMIP adapter ${adapter}`,
    wayOut: ({ refreshAndApply }) =>
      `run ${refreshAndApply}, if this stack declares the adapter; otherwise give the ID of one that is there`,
  });
}

/** The registration of a certificate at an adapter: the resource's own, the one to adopt, or a new one. */
export async function ownRegistration(
  instance: Instance,
  { adapter, adopt, mark = "", onDelete }: KmipClientCertificateInputs,
  certificate: X509Certificate,
  context: Context,
): Promise<KmipClientCertificate> {
  const { fingerprint256 } = certificate;
  const { self } = context;
  const attempt = `registering client certificate "${self.name}" at KMIP adapter ${adapter}`;
  const registrations = await registrationsAt(instance, adapter, attempt);
  const isOwn = ({ name }: KmipClientCertificate) => {
    const named = registrationIn(name);
    return named?.mayBe(fingerprint256) === true && (named.mark === mark || named.isOfStack(self.stack));
  };
  const candidates = adopt === undefined ? registrations.filter(isOwn) : registrations;
  const found = await bearerOf(instance, adapter, certificate, candidates);
  if (found !== undefined) return found;
  if (adopt !== undefined) {
    const wayOut = "leave adopt out, and it is registered";
    const reason = "this certificate is not registered at the adapter";
    throw new ObjectNotFoundError({
      attempt: attempt.replace("registering", "adopting"),
      place: instance.place,
      reason,
      wayOut,
    });
  }
  const name = registrationName(mark, fingerprint256);
  if (onDelete !== "keep") {
    noteCreation(instance, { kind: "client certificate", name: registrationAt(adapter, name) }, context);
  }
  try {
    return await instance.call("addKmipClientCertificate", { adapter, name, certificate: certificate.toString() });
  } catch (error) {
    if (!(error instanceof KeyProtectApiError)) throw error;
    if (error.vendorName === "KMIP_CERT_DUPLICATE_NAME_ERR") throw nameTaken(instance, attempt, name);
    if (error.vendorName !== "KMIP_CERT_DUPLICATE_ERR") throw error;
    throw duplicate(instance, attempt, error, await bearerOf(instance, adapter, certificate, registrations));
  }
}

/** A list has no certificates: each is asked for by itself. */
async function bearerOf(
  instance: Instance,
  adapter: string,
  { raw }: X509Certificate,
  candidates: readonly KmipClientCertificate[],
): Promise<KmipClientCertificate | undefined> {
  for (const { id } of candidates) {
    const whole = await findClientCertificate(instance, adapter, id);
    if (whole !== undefined && readCertificates(whole.certificate)[0].raw.equals(raw)) return whole;
  }
  return undefined;
}

/** The name says which certificate this is, and which resource has registered it: it is neither. */
const nameTaken = ({ place }: Instance, attempt: string, name: string) =>
  new EqualObjectExistsError({
    attempt,
    place,
    reason: `another certificate is registered there under the name "${name}", which is that of this resource's own`,
    wayOut: "find out who has registered it, remove it in the instance's console, and run again",
  });

function duplicate(
  { place }: Instance,
  attempt: string,
  error: KeyProtectApiError,
  registered: KmipClientCertificate | undefined,
): Error {
  if (registered !== undefined) {
    return new EqualObjectExistsError({
      attempt,
      place,
      reason: `it is registered there as "${registered.name}", which this stack has not done`,
      wayOut: 'set adopt to "match" to take the registration over',
    });
  }
  return new CertificateRegisteredElsewhereError({
    attempt,
    place,
    reason: `${error.vendorName}: it is registered at another adapter of the region, in whatever instance, and Key Protect does not say at which`,
    wayOut:
      "remove it there, which cuts its client off from that adapter's keys, or have another certificate issued for this adapter",
  });
}
