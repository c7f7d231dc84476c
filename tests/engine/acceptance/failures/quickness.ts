import { preloading } from "../../harness";

/** How many times as fast a provider's pauses, and its deadlines for an answer, pass. */
export interface Quickness {
  pauses: number;
  deadlines: number;
}

/** An environment in which the provider of a run is so quick. */
export const quickly = ({ pauses, deadlines }: Quickness): NodeJS.ProcessEnv => ({
  ...preloading("tests/engine/acceptance/failures/quick-clock.js"),
  EKM_PACKAGE: require.resolve("pulumi-ekm/package.json"),
  EKM_QUICK_PAUSES: String(pauses),
  EKM_QUICK_DEADLINES: String(deadlines),
});
