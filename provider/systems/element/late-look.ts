import { ElementApiError } from "./api/errors";

/**
 * Makes the decided change, unless the observed state on which it was decided is outdated. Element has no
 * compare-and-set, and the decision may have taken long, for it tries the key server: so there is a look right before
 * the call. There is another look after a refusal, because a cluster refuses a change that somebody else has begun by a
 * name that is not documented.
 *
 * @returns `undefined` where the state is outdated
 */
export async function writeUnlessOutdated<T>(
  isInForce: () => Promise<boolean>,
  write: () => Promise<T>,
): Promise<T | undefined> {
  if (!(await isInForce())) return undefined;
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ElementApiError) || (await isInForce())) throw error;
    return undefined;
  }
}
