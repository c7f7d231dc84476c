import { takenOver } from "../../core/ownership";
import type { Line } from "../../core/plan";
import { clusterOf } from "./wording";

/** Says in a plan that an object is taken over. */
export const adoption = (what: string, olds: object, { cluster, adopt }: { cluster: string; adopt?: string }): Line[] =>
  takenOver(clusterOf({ cluster }), what, olds, { adopt });

/** The object to adopt, in words: by its id, or by being equal to the declared one. */
export const adoptedName = (kind: "key server" | "key provider", { adopt }: { adopt?: string }): string =>
  adopt === "match" ? `the ${kind} that equals the declared one` : `${kind} ${adopt}`;
