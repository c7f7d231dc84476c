import { Machine } from "../../chassis/machine";
import type { ClusterSecrets, ClusterState } from "./state";
import type { Switches } from "./switches";

/** The cluster that the methods work on. */
export class Cluster extends Machine<ClusterState, ClusterSecrets, Switches> {
  /** When the cluster last looked for faults; not persisted, a restart looks again. */
  faultsEvaluatedAt?: number;

  /** The next id of a kind. */
  nextID(kind: keyof ClusterState["lastIDs"]): number {
    this.state.lastIDs[kind] += 1;
    return this.state.lastIDs[kind];
  }

  /** The present as the API writes it where whole seconds do. */
  timestamp(): string {
    return `${this.now().toISOString().slice(0, 19)}Z`;
  }
}
