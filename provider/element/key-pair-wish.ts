import { isSealOf } from "../journal/seal";
import type { Context } from "../lifecycle";
import type { Identity } from "./identity";
import type { ObservedPair } from "./key-pair-observation";
import type { KeyPairInputs } from "./key-pair-state";

/** The pair was made for this very wish by a run that did not live to record it. In doubt, one pair more is made. */
export function wasMadeFor(
  inputs: KeyPairInputs,
  { publicKeyFingerprint }: ObservedPair,
  { clusterUniqueID }: Pick<Identity, "clusterUniqueID">,
  { history }: Context,
): boolean {
  return history
    .of(clusterUniqueID)
    .attempts.some(({ before, wish }) => before !== publicKeyFingerprint && isSealOf(wish, wishOf(inputs)));
}

/** What a new pair is asked for by. */
export const wishOf = ({ regenerate = "" }: KeyPairInputs) => ({ regenerate });
