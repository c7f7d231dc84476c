import type { RunningUp } from "../engine/harness";
import { kill } from "../engine/harness/processes";
import type { StackSite } from "./stack-site";

export const INTERRUPTIONS = [
  "provider killed",
  "engine and children killed",
  "engine killed",
  "one SIGINT",
  "two SIGINTs",
  "connection reset",
  "system restarted",
] as const;
export type Interruption = (typeof INTERRUPTIONS)[number];

/** What an interruption can strike. */
export interface Scene {
  site: StackSite<string>;
  run: RunningUp;
  /** Of the process that serves the provider. */
  providerPid: number;
}

/** Strikes; resolves when what was struck is down. */
export const strike: Readonly<Record<Interruption, (scene: Scene) => Promise<void>>> = {
  "provider killed": async ({ providerPid }) => kill(providerPid),
  "engine and children killed": ({ run }) => run.kill({ children: true }),
  // Its provider lives on and comes back to a system that the next run is at work on.
  "engine killed": ({ run }) => run.kill(),
  "one SIGINT": async ({ run }) => run.signal("SIGINT"),
  "two SIGINTs": async ({ run }) => {
    run.signal("SIGINT");
    await run.printed(/cancelling/i);
    run.signal("SIGINT");
  },
  "connection reset": async ({ site }) => site.breakConnections(),
  "system restarted": ({ site }) => site.restart(),
};

/** Whether the engine is gone without having saved what it was at. */
export const killsEngine = (interruption: Interruption): boolean =>
  interruption === "engine killed" || interruption === "engine and children killed" || interruption === "two SIGINTs";
