import { ObjectNotFoundError } from "../../../core/object-errors";
import type { Vcenter } from "../api/vcenter";
import type { KeyProvider, KeyProviders } from "./key-providers";
import { standardKeyProviders } from "./standard";
import { trustedKeyProviders } from "./trusted";

/** What the id of a resource, or a text of a program, says of a key provider. */
export interface ProviderReference {
  name: string;
  /** Id of the Trust Authority cluster; absent of a standard provider. */
  trustAuthorityCluster?: string;
}

const REFERENCE = /^(?:([^/#]+)\/)?([^/#]+)(?:#[^/#]+)?$/;

/** The provider that a reference names. */
export function providerIn(reference: string): ProviderReference {
  const [, trustAuthorityCluster, name = reference] = REFERENCE.exec(reference) ?? [];
  return { name, ...(trustAuthorityCluster === undefined ? {} : { trustAuthorityCluster }) };
}

/**
 * The id of a resource: the provider's name, and what tells it from one of the same name that was there before. Without that, a
 * provider that was made anew would look like the former one to all that is behind it.
 */
export const idOf = ({ name, trustAuthorityCluster }: ProviderReference, incarnation: string | undefined): string =>
  `${trustAuthorityCluster === undefined ? "" : `${trustAuthorityCluster}/`}${name}${incarnation === undefined ? "" : `#${incarnation}`}`;

/** Whether two references name one provider, of whatever incarnation. */
export const sameProvider = (one: string, other: string): boolean =>
  idOf(providerIn(one), undefined) === idOf(providerIn(other), undefined);

/**
 * What a vCenter says of the key providers of one kind.
 *
 * @param trustAuthorityCluster left out of standard providers
 */
export const looksOn = (vcenter: Vcenter, trustAuthorityCluster: string | undefined): KeyProviders =>
  trustAuthorityCluster === undefined
    ? standardKeyProviders(vcenter)
    : trustedKeyProviders(vcenter, trustAuthorityCluster);

/** @throws ObjectNotFoundError where there is no such provider */
export async function existing(vcenter: Vcenter, reference: string, attempt: string): Promise<KeyProvider> {
  const { name, trustAuthorityCluster } = providerIn(reference);
  const provider = await looksOn(vcenter, trustAuthorityCluster).find(name);
  if (provider !== undefined) return provider;
  throw new ObjectNotFoundError({
    attempt,
    place: vcenter.place,
    reason: `there is no key provider "${name}"`,
    wayOut: ({ refreshAndApply }) =>
      `run ${refreshAndApply}, if this stack declares it; otherwise give the name of one that is there`,
  });
}
