// A process that refreshes the resources of a state again and again, as one provider process would, and tells what its
// heap holds after each time. The connections come from its environment.
import { dynamic } from "../../../provider";
import type { ResourceToken } from "../../../provider/systems/registry";
import type { Refreshes } from "./growth";

process.once("message", async ({ resources, times }: Refreshes) => {
  const providers = resources.map(({ token, id, outputs }) => ({
    provider: dynamic(token as ResourceToken),
    id,
    outputs,
  }));
  const heaps: number[] = [];
  for (let time = 0; time < times; time += 1) {
    // A check is where the looks of a refresh end.
    await dynamic("element:Fleet").check({}, { clusters: {} });
    await Promise.all(providers.map(({ provider, id, outputs }) => provider.read(id, outputs)));
    globalThis.gc?.();
    heaps.push(process.memoryUsage().heapUsed);
  }
  process.send?.(heaps, () => process.exit());
});
