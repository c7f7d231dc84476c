import { isConnectionKnown } from "../../../connections/configured";
import { isEkmError } from "../../../core/errors";
import { type CheckFailure, type Looking, refusal } from "../../../core/lifecycle";
import { isUnknown } from "../../../core/unknown";
import type { Vcenter } from "../api/vcenter";
import type { KeyProviders } from "../observed/key-providers";
import { looksOn, providerIn, sameProvider } from "../observed/reference";
import { vsphere } from "../system";
import { identify } from "../vcenter";
import type { KeyProviderChanges } from "./changes";
import { standardChanges } from "./standard-changes";
import { trustedChanges } from "./trusted-changes";
import { assertNobodyUses } from "./usage";

/** The key providers of one family: what vCenter says of them, and how they are changed. */
export interface Providers {
  looks: KeyProviders;
  changes: KeyProviderChanges;
}

/** @param trustAuthorityCluster left out of standard providers */
export const providersOn = (vcenter: Vcenter, trustAuthorityCluster: string | undefined): Providers => ({
  looks: looksOn(vcenter, trustAuthorityCluster),
  changes:
    trustAuthorityCluster === undefined ? standardChanges(vcenter) : trustedChanges(vcenter, trustAuthorityCluster),
});

/** A provider that another resource is about. */
export interface Referenced extends Providers {
  name: string;
}

export function referenced(vcenter: Vcenter, reference: string): Referenced {
  const { name, trustAuthorityCluster } = providerIn(reference);
  return { name, ...providersOn(vcenter, trustAuthorityCluster) };
}

interface OfProvider {
  vcenter: string;
  keyProvider: string;
}

/**
 * Refuses to leave a provider that is used for another one. What is about one provider is made anew where that was made
 * anew; a move goes by new logical names, with both chains side by side.
 */
export async function checkMove(
  olds: Partial<OfProvider>,
  news: OfProvider,
  context: Looking,
): Promise<CheckFailure[]> {
  const { keyProvider: former, vcenter: name } = olds;
  if (former === undefined || name === undefined || isUnknown(news.keyProvider)) return [];
  if (sameProvider(former, news.keyProvider) || !isConnectionKnown(vsphere, name, context)) return [];
  const { vcenter } = await identify(context, name);
  const { looks, name: provider } = referenced(vcenter, former);
  if (looks.family === "trusted" || (await looks.find(provider)) === undefined) return [];
  try {
    await assertNobodyUses(vcenter, provider, {
      attempt: `leaving key provider "${provider}" for "${providerIn(news.keyProvider).name}"`,
      wayOut: "run again. To move without a gap, declare what belongs to the other provider under new logical names",
    });
    return [];
  } catch (error) {
    if (!isEkmError(error)) throw error;
    return [refusal("keyProvider", error)];
  }
}

/** Whether another provider is meant, or one that was made anew. */
export const isOtherProvider = (olds: Partial<OfProvider>, { keyProvider }: OfProvider): boolean =>
  olds.keyProvider !== undefined && !isUnknown(keyProvider) && olds.keyProvider !== keyProvider;
