import { destroy, type Ending, up } from "../endings";
import { servedType } from "../served-by";
import { OPERATIONS, type OperationName, type Program, program, vaulted, vaultedElsewhere } from "./operations";
import type { RegionSite } from "./site";

/** In which ways people finish a run that was cut off. All points are finished in the first ones in turn, writes in the others too. */
export const FINISHES = ["same command", "put back", "other target", "destroy"] as const;
export const OTHER_FINISHES = ["rename", "target", "replacement"] as const;
export type Finish = (typeof FINISHES | typeof OTHER_FINISHES)[number];

const RESOURCES = ["RootKey", "KmipAdapter", "KmipClientCertificate", "KmipAdapterClients"] as const;

type Endings = Partial<Record<Finish, (turn: number) => Ending<RegionSite>>>;

/** How the program is called that an operation is finished with, and how often its cluster may be rekeyed. */
interface Finishing {
  of(site: RegionSite): Program;
  mostRekeys: number;
  /** The place of the resources in it. */
  place: string;
}

/** The same program in all ways in which it can be run once more. */
const again = ({ of, mostRekeys, place }: Finishing): Endings => ({
  "same command": () => up(of, mostRekeys),
  rename: () => up((site) => ({ ...of(site), renamed: true }), mostRekeys),
  target: (turn) => ({ ...up(of, mostRekeys), tried: () => ["--target", urnOf(turn, place)] }),
  replacement: (turn) => ({ ...up(of, mostRekeys), tried: () => ["--replace", urnOf(turn, place)] }),
});

function urnOf(turn: number, place: string): string {
  const resource = RESOURCES[turn % RESOURCES.length] as (typeof RESOURCES)[number];
  const name = resource === "RootKey" ? "key" : place;
  return `urn:pulumi:test::ekm::${servedType(`keyprotect:${resource}`)}::${name}`;
}

const west = () => program({ place: "west" });
const rotated = (rotation: string) => () => program({ rotation });
const renewed = (renewal: string) => () => program({ renewal });

export const ENDINGS: Readonly<Record<OperationName, Endings>> = {
  "first up": {
    ...again({ of: () => program(), mostRekeys: 1, place: "primary" }),
    "put back": () => up(() => program({ internal: true }), 2),
    "other target": () => up(west, 2),
    destroy: () => destroy(() => program(), 2),
  },
  "root key rotated": {
    ...again({ of: rotated("2"), mostRekeys: 0, place: "primary" }),
    // A trigger that is no longer declared asks for nothing.
    "put back": () => up(() => program(), 0, "either"),
    "other target": () => up(rotated("3"), 0, "either"),
    destroy: () => destroy(rotated("2"), 1),
  },
  "certificate renewed": {
    ...again({ of: renewed("2"), mostRekeys: 0, place: "primary" }),
    "put back": () => up(renewed("1"), 0),
    "other target": () => up(renewed("3"), 0),
    destroy: () => destroy(renewed("2"), 1),
  },
  "adapter with keys deleted": {
    ...again({ of: OPERATIONS["adapter with keys deleted"].program, mostRekeys: 0, place: "vault" }),
    "put back": () => up(vaulted, 0),
    "other target": () => up(vaultedElsewhere, 0),
    destroy: () => destroy(OPERATIONS["adapter with keys deleted"].program, 0),
  },
  destroy: {
    "same command": () => destroy(() => program(), 1),
    "put back": () => up(() => program(), 2),
    "other target": () => up(west, 2),
  },
};
