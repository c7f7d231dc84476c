import { ElementApiError } from "./api/errors";

/**
 * Writes what was decided, unless somebody else has changed since what it was decided about. Element has no
 * compare-and-set, and the decision may have taken long, for it tries the key server: so there is a look right before the
 * call. There is another one after a refusal, because a cluster refuses what somebody else has begun by a name that is
 * not documented.
 *
 * @returns `undefined` where it is not so any more
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
