import { destroy, type Ending, up } from "../endings";
import { servedType } from "../served-by";
import { type Change, type Family, type OperationName, type Program, partsOf } from "./operations";
import type { VcenterSite } from "./site";

/** In which ways people finish a run that was cut off. All points are finished in the first ones in turn, writes in the others too. */
export const FINISHES = ["same command", "put back", "other target", "destroy"] as const;
export const OTHER_FINISHES = ["rename", "target", "replacement"] as const;
export type Finish = (typeof FINISHES | typeof OTHER_FINISHES)[number];

type Endings = Partial<Record<Finish, (turn: number) => Ending<VcenterSite>>>;

/** No cluster has a part in it. */
const REKEYS = 0;

const KINDS: Readonly<Record<Family, readonly string[]>> = {
  standard: ["KeyProvider", "CertificateSigningRequest", "KeyProviderTrust", "DefaultKeyProvider"],
  trusted: ["TrustedKeyProvider", "CertificateSigningRequest", "KeyProviderTrust"],
};

function urnOf(family: Family, turn: number): string {
  const kind = KINDS[family][turn % KINDS[family].length];
  const name = kind === "DefaultKeyProvider" ? "default" : "primary";
  return `urn:pulumi:test::ekm::${servedType(`vsphere:${kind}`)}::${name}`;
}

/** Of one program, what leads to it, and what destroys it once nobody uses its provider. */
function againWith(program: Program): Endings {
  const { family } = program;
  const declared = () => program;
  return {
    "same command": () => up(declared, REKEYS),
    destroy: () => ({ ...destroy(declared, REKEYS), prepared: (site) => site.freeProvider() }),
    rename: () => up(() => ({ ...program, renamed: true }), REKEYS),
    target: (turn) => ({ ...up(declared, REKEYS), tried: () => ["--target", urnOf(family as Family, turn)] }),
    replacement: (turn) => ({ ...up(declared, REKEYS), tried: () => ["--replace", urnOf(family as Family, turn)] }),
  };
}

const declaring = (program: Program) => () => up(() => program, REKEYS);

const ENDINGS: Readonly<Record<Change, (family: Family) => Endings>> = {
  "first up": (family) => ({
    ...againWith({ family }),
    "put back": declaring({ family: "none" }),
    "other target": declaring({ family, place: "other", servers: ["west"] }),
  }),
  "client certificate renewed": (family) => ({
    ...againWith({ family, renewal: "2" }),
    "put back": declaring({ family, renewal: "1" }),
    "other target": declaring({ family, renewal: "3" }),
  }),
  "servers changed": (family) => ({
    ...againWith({ family, servers: ["west", "south"] }),
    "put back": declaring({ family }),
    "other target": declaring({ family, servers: ["east", "south"] }),
  }),
  // The server itself does not go back.
  "server certificate renewed": (family) => ({
    ...againWith({ family, pins: { east: ["reissued"] } }),
    // By its certificate, the former one is trusted again where the run that was cut off had taken it away.
    "other target": declaring({ family, pins: { east: ["first", "reissued"] }, pinned: "certificates" }),
  }),
  destroy: (family) => ({
    "same command": () => destroy(() => ({ family }), REKEYS),
    "put back": declaring({ family }),
    "other target": declaring({ family, place: "other", servers: ["west"] }),
  }),
};

export function endingsOf(name: OperationName): Endings {
  const { family, change } = partsOf(name);
  return ENDINGS[change](family);
}
