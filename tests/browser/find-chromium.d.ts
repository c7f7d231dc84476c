/** The Chromium of this machine: the one that CHROMIUM names, or the first on PATH. */
export function findChromium(environment?: NodeJS.ProcessEnv): string | undefined;
