import type { BackgroundJobs } from "./background-jobs";
import type { Store } from "./store";

/** Everything of a machine that outlives its process. */
export interface MachineRecord<State, Secrets> {
  state: State;
  /** Kept apart from the state, which may be shown. */
  secrets: Secrets;
}

/** A simulated machine: its methods work on it. */
export class Machine<State, Secrets, Switches> {
  constructor(
    readonly store: Store<MachineRecord<State, Secrets>>,
    readonly switches: Switches,
    readonly jobs: BackgroundJobs,
    readonly now: () => Date,
  ) {}

  get state(): State {
    return this.store.record.state;
  }

  get secrets(): Secrets {
    return this.store.record.secrets;
  }

  save(): Promise<void> {
    return this.store.save();
  }
}
