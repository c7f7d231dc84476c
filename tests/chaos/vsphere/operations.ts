import type { Operation } from "../begin";
import type { ServerName, VcenterSite } from "./site";

export const FAMILIES = ["standard", "trusted"] as const;
export type Family = (typeof FAMILIES)[number];

/** How a program differs from the plain one of program.js. */
export interface Program {
  /** Without one it makes no provider, and the one that was made by hand is the default. */
  family: Family | "none";
  /** Name of the provider and of all that is behind it. */
  place?: string;
  servers?: ServerName[];
  /** Which certificates of a server are pinned; else the first one. */
  pins?: Partial<Record<ServerName, ("first" | "reissued")[]>>;
  /** As what they are listed; else as fingerprints. */
  pinned?: "fingerprints" | "certificates";
  renewal?: string;
  /** All resources have other names, with aliases. */
  renamed?: boolean;
}

/** The same operations on either road. */
function operationsOn<F extends Family>(family: F) {
  const plain = (differences: Partial<Program> = {}) => ({
    command: "up" as const,
    program: (): Program => ({ family, ...differences }),
  });
  const used = `${family}, used` as const;
  return {
    "first up": { from: "bare", ...plain() },
    "client certificate renewed": { from: used, ...plain({ renewal: "2" }) },
    "servers changed": { from: used, ...plain({ servers: ["west", "south"] }) },
    "server certificate renewed": { from: `${family}, reissued`, ...plain({ pins: { east: ["reissued"] } }) },
    destroy: { from: family, ...plain(), command: "destroy" },
  } as const satisfies Record<string, Operation<VcenterSite>>;
}

const OF_FAMILY = { standard: operationsOn("standard"), trusted: operationsOn("trusted") };

export type Change = keyof (typeof OF_FAMILY)[Family];
export type OperationName = `${Family}: ${Change}`;

export const operationNames = FAMILIES.flatMap((family) =>
  (Object.keys(OF_FAMILY[family]) as Change[]).map((change): OperationName => `${family}: ${change}`),
);

/** The road on which an operation is, and which it is there. */
export function partsOf(name: OperationName): { family: Family; change: Change } {
  const [family, change] = name.split(": ");
  return { family: family as Family, change: change as Change };
}

export function operationOf(name: OperationName): Operation<VcenterSite> {
  const { family, change } = partsOf(name);
  return OF_FAMILY[family][change];
}
