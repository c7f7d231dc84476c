import type { ClusterSimulator } from "../../simulator";

/** What reached the cluster during one command, by the cluster's own count. */
export interface Traffic {
  calls: number;
  handshakes: number;
  /** Calls by method. */
  methods: Record<string, number>;
}

/** Runs `command` and counts what it makes the cluster do. */
export async function countTraffic(cluster: ClusterSimulator, command: () => Promise<unknown>): Promise<Traffic> {
  const last = cluster.requests.at(-1)?.sequence ?? 0;
  const handshakes = cluster.handshakes;
  await command();
  const requests = cluster.requests.filter(({ sequence }) => sequence > last);
  const methods: Record<string, number> = {};
  for (const { method } of requests) {
    methods[method] = (methods[method] ?? 0) + 1;
  }
  return { calls: requests.length, handshakes: cluster.handshakes - handshakes, methods };
}
