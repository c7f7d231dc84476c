import type { Context } from "../../../core/lifecycle";
import { assertDeletable, staysInProgram } from "../adapter-deletion";
import { keysInAdapter, keysInWords } from "../adapter-keys";
import type { Instance } from "../api/instance";
import type { KmipClientCertificate } from "../api/types";
import { KeysInAdapterError } from "../errors";
import { listLiveObjects } from "../observed/kmip-adapters";
import type { KmipClientCertificateOutputs } from "./resource";

interface Registrations {
  /** Those of the resource, which are to be removed. */
  own: readonly KmipClientCertificate[];
  /** All at the adapter. */
  registrations: readonly KmipClientCertificate[];
}

/**
 * Refuses to cut off a client from keys that it may need. Where the adapter goes next, that is whatever its own delete is
 * refused for: a destroy that cannot end takes nothing from anybody.
 *
 * @throws KeysInAdapterError, AdapterHasClientsError
 */
export async function assertRemovable(
  instance: Instance,
  state: KmipClientCertificateOutputs,
  { own, registrations }: Registrations,
  context: Context,
): Promise<void> {
  const { adapter, adapterOnDelete: onDelete, registrationName } = state;
  const attempt = `removing client certificate "${registrationName}" from KMIP adapter ${adapter}`;
  if (onDelete !== undefined && onDelete !== "keep" && !staysInProgram(adapter, context)) {
    return assertDeletable(instance, { id: adapter, onDelete }, registrations, `${attempt}, which goes next`, context);
  }
  const objects = await listLiveObjects(instance, adapter);
  const wayOut =
    'let the client destroy its keys; or set onDelete to "keep", which leaves the registration, and apply that first; or remove it in the instance\'s console, which cuts the client off';
  if (registrations.length === own.length && objects.length > 0) {
    throw await keysInAdapter(instance, { adapter, objects, registrations, attempt, wayOut });
  }
  const makers = new Set([...own.map(({ id }) => id), ...(state.earlierCertificateIDs ?? [])]);
  const made = objects.filter(({ created_by_kmip_client_cert_id: maker = "" }) => makers.has(maker));
  if (made.length === 0) return;
  throw new KeysInAdapterError({
    attempt,
    place: instance.place,
    reason: `its client has made ${keysInWords(made)} that are not destroyed, and could not read them any more`,
    wayOut,
  });
}
