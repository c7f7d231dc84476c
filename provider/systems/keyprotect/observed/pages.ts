import { UnexpectedAnswerError } from "../../../connections/errors";
import type { Instance } from "../api/instance";

/** Far above what an instance may have: whoever gives more gives the same again and again. */
const MOST_PAGES = 1_000;

/** Everything that a list has. A page that is not full is the last one. */
export async function allPages<T extends { id: string }>(
  instance: Instance,
  limit: number,
  page: (paged: { limit: number; offset: number }) => Promise<T[]>,
): Promise<T[]> {
  const found = new Map<string, T>();
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const some = await page({ limit, offset: pages * limit });
    const known = found.size;
    for (const each of some) found.set(each.id, each);
    if (some.length < limit) return [...found.values()];
    if (found.size === known) break;
  }
  throw new UnexpectedAnswerError({
    attempt: "reading a list page by page",
    place: instance.place,
    reason: "its pages repeat, and have no end",
    wayOut: "see whether anything between this machine and the instance changes answers",
  });
}
