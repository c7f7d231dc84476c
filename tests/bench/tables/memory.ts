import { table } from "../figures";
import { FleetStack } from "../fleet/fleet-stack";
import { Site } from "../host/site";
import { heapOverRefreshes } from "../memory/growth";
import { peakOfProvider } from "../memory/peak";
import { COMMANDS } from "../stack";
import { REKEY_SECONDS } from "./overhead";

const REFRESHES = 20;

/** What a provider process holds, in bytes. */
export interface Memory {
  clusters: number;
  /** The most during one command. */
  peaks: Record<string, number>;
  /** What is live after each of several refreshes in one process. */
  heaps: number[];
}

export async function measureMemory(clusters: number): Promise<Memory> {
  const site = await Site.open(clusters, REKEY_SECONDS);
  const fleet = await FleetStack.create(clusters);
  try {
    await fleet.take(site.address);
    const { folder } = fleet.stack.workspace;
    const peaks: Memory["peaks"] = {};
    let heaps: number[] = [];
    for (const command of COMMANDS) {
      peaks[command] = await peakOfProvider(folder, () => fleet.run(command));
      if (command === "refresh") {
        const resources = await fleet.stack.resources({ showSecrets: true });
        heaps = await heapOverRefreshes(resources, fleet.env, REFRESHES);
      }
    }
    return { clusters, peaks, heaps };
  } finally {
    fleet.stack.remove();
    await site.close();
  }
}

export function describeMemory(measured: readonly Memory[]): string {
  const mebibytes = (bytes = 0) => (bytes / 2 ** 20).toFixed(1);
  return table(
    ["clusters", ...COMMANDS, `heap after 2 refreshes`, `after ${REFRESHES}`],
    measured.map(({ clusters, peaks, heaps }) => [
      String(clusters),
      ...COMMANDS.map((command) => mebibytes(peaks[command])),
      mebibytes(heaps[1]),
      mebibytes(heaps.at(-1)),
    ]),
  );
}
