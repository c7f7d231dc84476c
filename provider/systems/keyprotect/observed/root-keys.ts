import { isGone } from "../api/errors";
import type { Instance } from "../api/instance";
import type { Key } from "../api/types";
import { isUuid } from "../api/uuid";
import { askedFor } from "./asked-for";
import { allPages } from "./pages";

const MOST_KEYS_A_PAGE = 5_000;

/** All root keys that are not destroyed. */
export const listRootKeys = (instance: Instance): Promise<Key[]> =>
  allPages(instance, MOST_KEYS_A_PAGE, (paged) => instance.call("getKeys", paged));

/** A key that was deleted, and of which no more is told. It can be restored for a while. */
export const DELETED = "deleted";

/** A root key as it stands, by its ID or alias; `undefined` where there is none. */
export async function findRootKey(instance: Instance, id: string): Promise<Key | typeof DELETED | undefined> {
  try {
    const key = await instance.call("getKeyMetadata", { id });
    return isUuid(id) ? askedFor(instance, "getKeyMetadata", id, key) : key;
  } catch (error) {
    if (!isGone(error)) throw error;
    return error.status === 410 ? DELETED : undefined;
  }
}

/** What wraps at present. An answer may leave out the version of a key that was never rotated: its id is that of the key. */
export const versionOf = ({ id, keyVersion }: Key): string => keyVersion?.id ?? id;

/** When the present version was made. */
export const versionCreatedOf = ({ keyVersion, lastRotateDate, creationDate }: Key): string =>
  keyVersion?.creationDate ?? lastRotateDate ?? creationDate;
