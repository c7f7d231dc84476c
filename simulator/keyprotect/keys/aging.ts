import type { Region } from "../region/machine";
import type { Key, KmipObject } from "../region/state";

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Key states on the wire. KMIP objects have others. */
export type StateNumber = 1 | 2 | 3 | 5;

/** An active or suspended key is deactivated from its expiration date on. */
export function stateOf(region: Region, { state, expiresAt }: Key): StateNumber {
  if (state === "destroyed") return 5;
  if (expiresAt !== undefined && region.since(expiresAt) >= 0) return 3;
  return state === "active" ? 1 : 2;
}

/** Whether a deleted key can still be brought back. */
export const isRestorable = (region: Region, { deletedAt }: Key): boolean =>
  deletedAt !== undefined && region.since(deletedAt) < region.switches.restoreDays * DAY;

/** Whether a deleted key may be purged by hand. */
export const isPurgeable = (region: Region, { deletedAt }: Key): boolean =>
  deletedAt !== undefined && region.since(deletedAt) >= region.switches.purgeHours * HOUR;

/** Forgets what time takes away: first the material of deleted keys, then all that is known of them and of destroyed objects. */
export function ageKeys(region: Region): void {
  const isOver = (moment: string | undefined) =>
    moment !== undefined && region.since(moment) >= region.switches.purgeDays * DAY;
  for (const instance of region.state.instances) {
    for (const key of instance.keys) if (key.deletedAt && !isRestorable(region, key)) shred(region, key);
    instance.keys = instance.keys.filter(({ deletedAt }) => !isOver(deletedAt));
    for (const adapter of instance.adapters) {
      adapter.objects = adapter.objects.filter(({ destroyed }: KmipObject) => !isOver(destroyed?.at));
    }
  }
}

/** Erases the material of every version: nothing that it sealed can be opened any more. */
export function shred({ secrets }: Region, { versions }: Key): void {
  for (const { id } of versions) delete secrets.material[id];
}
