import { isSealOf } from "../journal/seal";
import type { Comparing } from "../lifecycle";
import type { KeyPairInputs } from "../systems/element/key-pair/resource";
import type { Identity } from "./identity";
import type { ObservedPair } from "./key-pair-observation";

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
