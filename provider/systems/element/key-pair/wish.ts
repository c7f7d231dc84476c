import type { Comparing } from "../../../core/lifecycle";
import { isSealOf } from "../../../core/seal";
import type { Identity } from "../cluster";
import type { ObservedPair } from "../observed/key-pair";
import type { KeyPairInputs } from "./resource";

/**
 * Whether a run that did not live to record it has made the pair for this very wish. In doubt, one more pair is made.
 */
export function wasMadeFor(
  inputs: KeyPairInputs,
  { publicKeyFingerprint }: ObservedPair,
  { clusterUniqueID }: Pick<Identity, "clusterUniqueID">,
  { history }: Pick<Comparing, "history">,
): boolean {
  return history
    .of(clusterUniqueID)
    .attempts.some(({ before, wish }) => before !== publicKeyFingerprint && isSealOf(wish, wishOf(inputs)));
}

/** The values that ask for a new pair. */
export const wishOf = ({ regenerate = "" }: KeyPairInputs) => ({ regenerate });
