import { isGone } from "../api/errors";
import type { Instance } from "../api/instance";
import type { KmipAdapter, KmipClientCertificate, KmipObject, WholeKmipClientCertificate } from "../api/types";
import { askedFor } from "./asked-for";
import { allPages } from "./pages";

const MOST_ADAPTERS_A_PAGE = 200;
const MOST_CERTIFICATES_A_PAGE = 200;
const MOST_OBJECTS_A_PAGE = 5_000;
/** States in which an object still has its key. */
const LIVE_STATES = [1, 2, 3, 4];

/** @param crk_id of the root key that they wrap under; left out, any */
export const listAdapters = (instance: Instance, crk_id?: string): Promise<KmipAdapter[]> =>
  allPages(instance, MOST_ADAPTERS_A_PAGE, (paged) =>
    instance.call("getKmipAdapters", { ...paged, ...(crk_id === undefined ? {} : { crk_id }) }),
  );

/** By its id; `undefined` where there is none. */
export async function findAdapter(instance: Instance, id: string): Promise<KmipAdapter | undefined> {
  const adapter = await ifThere(instance.call("getKmipAdapter", { id }));
  return adapter && askedFor(instance, "getKmipAdapter", id, adapter);
}

/** `undefined` where there is no such adapter. */
export const listClientCertificates = (
  instance: Instance,
  adapter: string,
): Promise<KmipClientCertificate[] | undefined> =>
  ifThere(
    allPages(instance, MOST_CERTIFICATES_A_PAGE, (paged) =>
      instance.call("getKmipClientCertificates", { adapter, ...paged }),
    ),
  );

/** With the certificate, which a list does not have; `undefined` where there is none of this ID. */
export async function findClientCertificate(
  instance: Instance,
  adapter: string,
  id: string,
): Promise<WholeKmipClientCertificate | undefined> {
  const found = await ifThere(instance.call("getKmipClientCertificate", { adapter, id }));
  return found && askedFor(instance, "getKmipClientCertificate", id, found);
}

/** Objects in these states. */
export const listObjects = (instance: Instance, adapter: string, states: readonly number[]): Promise<KmipObject[]> =>
  allPages(instance, MOST_OBJECTS_A_PAGE, (paged) => instance.call("getKmipObjects", { adapter, ...paged, states }));

/** Objects that still have their keys: none where there is no such adapter. */
export const listLiveObjects = async (instance: Instance, adapter: string): Promise<KmipObject[]> =>
  (await ifThere(listObjects(instance, adapter, LIVE_STATES))) ?? [];

/** A list of what is not there is refused as a look at it would be. */
export async function ifThere<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}
