import type { BackgroundJobs } from "../../chassis/background-jobs";
import type { ClusterStore } from "../../chassis/store";
import type { ClusterSecrets, ClusterState } from "./state";
import type { Switches } from "./switches";

/** What a method works on. */
export class Cluster {
  /** When the cluster last looked for faults; not persisted, a restart looks again. */
  faultsEvaluatedAt?: number;

  constructor(
    readonly store: ClusterStore,
    readonly switches: Switches,
    readonly jobs: BackgroundJobs,
    readonly now: () => Date,
  ) {}

  get state(): ClusterState {
    return this.store.record.state;
  }

  get secrets(): ClusterSecrets {
    return this.store.record.secrets;
  }

  save(): Promise<void> {
    return this.store.save();
  }

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
