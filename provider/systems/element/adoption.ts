import { isNew } from "../../core/ownership";
import { info, type Line } from "../../core/plan";
import { clusterOf } from "./wording";

/** Says at plan time, where the engine speaks of a create, that what is adopted is not made. */
export const adoption = (
  what: string,
  olds: object,
  { cluster, adopt }: { cluster: string; adopt?: string },
): Line[] =>
  isNew(olds) && adopt !== undefined ? [info(`${clusterOf({ cluster })}: ${what} is taken over, and not made`)] : [];

/** What is to be adopted by its id, or as the one that equals the declared one. */
export const adoptedName = (kind: "key server" | "key provider", { adopt }: { adopt?: string }): string =>
  adopt === "match" ? `the ${kind} that equals the declared one` : `${kind} ${adopt}`;
