import type { ClusterAddress } from "../contender";

/** What a host's process is asked to do. */
export type Order =
  | { do: "open"; names: string[]; folder: string; rekeySeconds: number }
  | { do: "count" }
  | { do: "judge" }
  | { do: "tell processor time" }
  | { do: "end" };

/** What came of it. */
export interface Answers {
  /** Clusters with internal keys and no key pair, in place of those before. */
  open: ClusterAddress[];
  /** What reached each cluster since the last count. */
  count: Traffic[];
  judge: Verdict[];
  /** Seconds, since the process began. */
  "tell processor time": number;
  end: undefined;
}

/** What reached one cluster, by its own count. */
export interface Traffic {
  handshakes: number;
  methods: Record<string, MethodTraffic>;
}

export interface MethodTraffic {
  calls: number;
  /** How long the cluster worked on them. */
  milliseconds: number;
}

/** What a cluster has in the end. */
export interface Verdict {
  keyManagementType: "internal" | "external" | undefined;
  rekeys: number;
  unwraps: boolean;
}
