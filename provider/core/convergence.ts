/** The observed state, and the job that runs already, whoever has started it. */
export interface Look<Seen, Job> {
  seen: Seen;
  /** A job that is waited for before anything is decided. */
  running?: Job;
}

/** What a convergence saw at first, and its steps so far. */
export interface Course<Seen, Step> {
  first: Seen;
  done: readonly { before: Seen; step: Step }[];
}

/** How an object of a system is brought to a wanted state by jobs that take their time: a rekey, a task, a rotation. */
export interface Convergence<Seen, Step, Job> {
  /** Looks at the present state. A job in `waitedFor` is over, whatever the system says of it. */
  look(waitedFor: ReadonlySet<Job>): Promise<Look<Seen, Job>>;
  /**
   * The next step for the observed state; `undefined` where nothing is left to do. Makes no call.
   *
   * @throws the error of an end that is not the wanted state
   */
  decide(seen: Seen, course: Course<Seen, Step>): Step | undefined;
  /** Makes sure that a step can be brought to its end; answers whether to take it at all. */
  prepare?(seen: Seen, step: Step): Promise<boolean>;
  /** Begins a step; `undefined` where the observed state is outdated. */
  start(seen: Seen, step: Step): Promise<Job | undefined>;
  /** Waits for the end of a job that was found, or that `step` has begun. */
  wait(job: Job, seen: Seen, step?: Step): Promise<void>;
}

/** Runs a look and the write that follows from it while no other one does so. */
export type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Looks, decides, begins the decided step unless the observed state is outdated by then, waits for its job, and looks
 * again, until nothing is left to do.
 *
 * @returns the state that was seen last
 */
export async function converge<Seen, Step, Job>(
  convergence: Convergence<Seen, Step, Job>,
  exclusively: Exclusively,
): Promise<Seen> {
  const waitedFor = new Set<Job>();
  const done: { before: Seen; step: Step }[] = [];
  let first: Seen | undefined;
  const lookAndStart = async (): Promise<Begun<Seen, Step, Job>> => {
    const { seen, running } = await convergence.look(waitedFor);
    first ??= seen;
    if (running !== undefined) return { seen, job: running };
    const step = convergence.decide(seen, { first, done });
    if (step === undefined || !((await convergence.prepare?.(seen, step)) ?? true)) return { seen };
    const job = await convergence.start(seen, step);
    return { seen, step, job, isOutdated: job === undefined };
  };
  for (;;) {
    const { seen, step, job, isOutdated } = await exclusively(lookAndStart);
    if (isOutdated) continue;
    if (job === undefined) return seen;
    await convergence.wait(job, seen, step);
    waitedFor.add(job);
    if (step !== undefined) done.push({ before: seen, step });
  }
}

interface Begun<Seen, Step, Job> {
  seen: Seen;
  /** Absent where a job runs already, or there is nothing to do. */
  step?: Step;
  job?: Job;
  isOutdated?: boolean;
}
