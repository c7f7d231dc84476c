import { preloading } from "../../harness";

const DAY_MS = 86_400_000;

/** An environment in which every Node process of a run believes to be `days` later, or earlier when negative. */
export const daysLater = (days: number): NodeJS.ProcessEnv => ({
  ...preloading("tests/engine/acceptance/lab/moved-clock.js"),
  CLOCK_OFFSET_MS: String(days * DAY_MS),
});
