import { isNew } from "../../core/ownership";
import { info, type Line } from "../../core/plan";
import { clusterOf } from "./wording";

/** An engine plans an adoption as a create. This line says that the object exists, and that nothing is made. */
export const adoption = (
  what: string,
  olds: object,
  { cluster, adopt }: { cluster: string; adopt?: string },
): Line[] =>
  isNew(olds) && adopt !== undefined ? [info(`${clusterOf({ cluster })}: ${what} is taken over, and not made`)] : [];

/** The object to adopt, in words: by its id, or by being equal to the declared one. */
export const adoptedName = (kind: "key server" | "key provider", { adopt }: { adopt?: string }): string =>
  adopt === "match" ? `the ${kind} that equals the declared one` : `${kind} ${adopt}`;
