import type { Clock } from "../../core/clock";
import type { RowLog } from "./contexts";

/** This is longer than the pause between two looks of a resource that waits. */
const WAITING_MS = 60_000;

/**
 * The lines of one run. The engine may ask twice about a resource, and a reader wants to be told once. Where the engine
 * prints lines one below the other, a hundred clusters that rekey at once would scroll everything else away: together
 * they tell their progress once a second.
 */
export class RunLines {
  private readonly said = new Set<string>();
  private readonly waiting = new Map<string, { looked: number; told: number }>();

  constructor(private readonly clock: Pick<Clock, "now">) {}

  /** `log`, without the lines that were already said about the resource `urn`. */
  once(urn: string, log: RowLog): RowLog {
    const unlessSaid = (say: (message: string) => void) => (message: string) => {
      const line = JSON.stringify([urn, message]);
      if (this.said.has(line)) return;
      this.said.add(line);
      say(message);
    };
    const progress = (message: string) => {
      if (this.mayProgress(urn)) log.progress(message);
    };
    return {
      announce: unlessSaid(log.announce),
      progress,
      info: unlessSaid(log.info),
      warn: unlessSaid(log.warn),
    };
  }

  /** A resource on its own says everything; each other resource that waits costs it a second between two lines. */
  private mayProgress(urn: string): boolean {
    const now = this.clock.now().getTime();
    const others = [...this.waiting].filter(([other, { looked }]) => other !== urn && now - looked < WAITING_MS).length;
    const told = this.waiting.get(urn)?.told;
    const isTooSoon = told !== undefined && now - told < others * 1000;
    this.waiting.set(urn, { looked: now, told: isTooSoon ? told : now });
    return !isTooSoon;
  }
}
