import type { Region } from "../region/machine";
import type { Adapter, ClientCertificate, RemovedCertificate } from "../region/state";
import { type Place, placeOf } from "./lookup";

/** Whom a client certificate lets in at the KMIP port. */
export interface Client extends Place {
  /** Id of the registration, which may be removed already. */
  certificateID: string;
}

/**
 * The adapter that a certificate opens at `now`. Both a registration and its removal arrive at the KMIP port after the time that
 * the switch `propagationSeconds` says.
 */
export function clientOf(region: Region, fingerprint256: string, now: Date): Client | undefined {
  const registrations = region.state.instances.flatMap(({ adapters }) => adapters.flatMap(registrationsOf));
  const all: Registration[] = [...region.state.removedCertificates, ...registrations];
  const hasArrived = (moment: string | undefined) =>
    moment !== undefined && Date.parse(moment) + region.switches.propagationSeconds * 1000 <= now.getTime();
  const known = all.findLast(
    (it) => it.fingerprint256 === fingerprint256 && hasArrived(it.registeredAt) && !hasArrived(it.removedAt),
  );
  const place = known && placeOf(region, known.adapterID);
  return place && { ...place, certificateID: known.certificateID };
}

/** Notes that a registration ends, for as long as the KMIP port may not know. */
export function forgetCertificate(region: Region, { id: adapterID }: Adapter, certificate: ClientCertificate): void {
  const { id: certificateID, fingerprint256, created } = certificate;
  const removedAt = region.now().toISOString();
  const removed = { fingerprint256, certificateID, adapterID, registeredAt: created.at, removedAt };
  const isRecent = (it: { removedAt: string }) => region.since(it.removedAt) < LONGEST_PROPAGATION;
  region.state.removedCertificates = [...region.state.removedCertificates.filter(isRecent), removed];
}

/** The switch may be set to anything; nobody waits longer than a day. */
const LONGEST_PROPAGATION = 86_400_000;

type Registration = Omit<RemovedCertificate, "removedAt"> & { removedAt?: string };

const registrationsOf = ({ id: adapterID, certificates }: Adapter): Registration[] =>
  certificates.map(({ id: certificateID, fingerprint256, created }) => ({
    fingerprint256,
    certificateID,
    adapterID,
    registeredAt: created.at,
  }));
