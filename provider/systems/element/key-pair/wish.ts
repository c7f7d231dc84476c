import type { Comparing } from "../../../core/lifecycle";
import { isSealOf } from "../../../core/seal";
import type { Identity } from "../cluster";
import type { ObservedPair } from "../observed/key-pair";
import type { KeyPairInputs } from "./resource";

/** The pair was made for this very wish by a run that did not live to record it. In doubt, one pair more is made. */
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

/** What a new pair is asked for by. */
export const wishOf = ({ regenerate = "" }: KeyPairInputs) => ({ regenerate });
