/** Deletes that bring a key back, by the identity of the cluster. A provider process serves one run. */
const underWay = new Map<string, Set<Promise<unknown>>>();

/** Runs a delete that brings a key back: what the key's holder needs is deleted beside it where state knows of no dependency. */
export async function releasing<T>(clusterUniqueID: string, work: () => Promise<T>): Promise<T> {
  const releases = underWay.get(clusterUniqueID) ?? new Set();
  underWay.set(clusterUniqueID, releases);
  const release = work();
  releases.add(release);
  try {
    return await release;
  } finally {
    releases.delete(release);
  }
}

/** Resolves when what is being brought back is back, or cannot be; `undefined` where nothing is. */
export function releaseOn(clusterUniqueID: string): Promise<unknown> | undefined {
  const releases = [...(underWay.get(clusterUniqueID) ?? [])];
  return releases.length === 0 ? undefined : Promise.allSettled(releases);
}
