/** What was seen, and what runs already, whoever started it. */
export interface Look<Seen, Job> {
  seen: Seen;
  /** Is waited for before anything is decided. */
  running?: Job;
}

/** What a convergence has seen first, and done so far. */
export interface Course<Seen, Step> {
  first: Seen;
  done: readonly { before: Seen; step: Step }[];
}

/** How something of a system is brought to what is wanted, as long as it takes: a rekey, a task, a rotation. */
export interface Convergence<Seen, Step, Job> {
  /** Looks at what there is. A job of `waitedFor` is over, whatever the system says of it. */
  look(waitedFor: ReadonlySet<Job>): Promise<Look<Seen, Job>>;
  /**
   * What is to be done about what was seen; `undefined` for nothing. Asks nobody.
   *
   * @throws what an end that is not the wanted one is to be told as
   */
  decide(seen: Seen, course: Course<Seen, Step>): Step | undefined;
  /** Makes sure that a step can be done to its end; answers whether it is to be done at all. */
  prepare?(seen: Seen, step: Step): Promise<boolean>;
  /** Begins a step; `undefined` where what was seen is not so any more. */
  start(seen: Seen, step: Step): Promise<Job | undefined>;
  /** Waits for the end of a job: of one that was found, or of `step`. */
  wait(job: Job, seen: Seen, step?: Step): Promise<void>;
}

/** Runs a look and the write that follows from it while no other one does so. */
export type Exclusively = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Looks, decides, begins what was decided if it is still so, waits for it, and looks again, until there is nothing to do.
 *
 * @returns what was seen last
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
