/** Takes lines that tell a person what is going on. */
export type Progress = (line: string) => void;

const EVERY_MILLISECONDS = 10_000;

/** Tells how long `work` has been going on, over and over until it ends. */
export async function withElapsedTime<T>(
  describe: () => string,
  progress: Progress,
  work: () => Promise<T>,
): Promise<T> {
  const start = Date.now();
  progress(describe());
  const timer = setInterval(() => progress(`${describe()} (${elapsed(Date.now() - start)})`), EVERY_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
