import type { ServiceRequest } from "../http/route";
import { ServiceError } from "../region/errors";
import type { Region } from "../region/machine";
import { byIDOrName } from "../region/names";
import type { Act, Adapter, ClientCertificate, Instance } from "../region/state";

/** The adapter that the path is about. */
export function adapterOf({ instance, slots }: ServiceRequest): Adapter {
  const adapter = byIDOrName(instance.adapters, slots.adapter ?? "");
  if (adapter) return adapter;
  throw new ServiceError("adapterNotFound", "KMIP adapter does not exist");
}

/** The client certificate that the path is about. */
export function certificateOf(request: ServiceRequest): ClientCertificate {
  const certificate = byIDOrName(adapterOf(request).certificates, request.slots.certificate ?? "");
  if (certificate) return certificate;
  throw new ServiceError("certificateNotFound", "KMIP client certificate does not exist");
}

/** Where in a region something is. */
export interface Place {
  instance: Instance;
  adapter: Adapter;
}

export function placeOf({ state }: Region, adapterID: string): Place | undefined {
  for (const instance of state.instances) {
    const adapter = instance.adapters.find(({ id }) => id === adapterID);
    if (adapter) return { instance, adapter };
  }
  return undefined;
}

/** An adapter counts as updated whenever something in it is. */
export function touch(adapter: Adapter, { at, by }: Act): void {
  adapter.updated = { at, by };
}
