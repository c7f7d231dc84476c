import type { Log } from "./lifecycle";

/** The lines of one run: the engine may ask twice about a resource, and whoever reads wants to be told once. */
export class RunLines {
  private readonly said = new Set<string>();

  /** `log`, without the lines that were already said about the resource `urn`. */
  once(urn: string, log: Log): Log {
    const unlessSaid = (say: (message: string) => void) => (message: string) => {
      const line = JSON.stringify([urn, message]);
      if (this.said.has(line)) return;
      this.said.add(line);
      say(message);
    };
    return { progress: (message) => log.progress(message), info: unlessSaid(log.info), warn: unlessSaid(log.warn) };
  }
}

export const SILENCE: Log = { progress() {}, info() {}, warn() {} };
