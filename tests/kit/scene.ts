/** A simulated system for one test, as suites see it that know no system. */
export interface SystemScene {
  /** Methods of all calls so far, in order. */
  calls(): string[];
  /** How many requests have arrived, those that no call came of among them. */
  requests(): number;
  close(): Promise<void>;
}

/** Makes the scenes of a test file, each as it is at some stage of a system's setting up. */
export interface SystemTheatre<Scene extends SystemScene, Stage extends string, Switches extends object> {
  scene(stage: Stage, switches?: Partial<Switches>): Promise<Scene>;
  /** Closes the scenes of the test that has ended. */
  clear(): Promise<void>;
  close(): Promise<void>;
}
