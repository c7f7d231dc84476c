import type { Call, Moment } from "../calls";
import { MOMENTS, pointsOf } from "../calls";
import { INTERRUPTIONS, type Interruption } from "../interruptions";
import { type Cut, walk } from "../run-finish";
import { isWrite } from "../strike-point";
import { ENDINGS, FINISHES, type Finish, OTHER_FINISHES } from "./finishes";
import { OPERATIONS, type OperationName } from "./operations";
import type { RegionSite } from "./site";

/** How the engine saves state in the run that is cut off. */
export const SAVINGS = ["after each step", "at the end"] as const;
type Saving = (typeof SAVINGS)[number];

/** One run that is cut off at one point in one way, and finished in one way. */
export interface Cell {
  operation: OperationName;
  call: Call;
  moment: Moment;
  interruption: Interruption;
  saving: Saving;
  finish: Finish;
  /** Which resource a run is targeted at, or is to be replaced. */
  turn: number;
}

export const idOf = ({ operation, call, moment, interruption, saving, finish, turn }: Cell): string =>
  `${operation}/${call.method}#${call.ordinal}/${moment}/${interruption}/saved ${saving}/${finish}${/^(target|replacement)$/.test(finish) ? ` ${turn % 4}` : ""}`;

/** Of the cluster, what touches a key server; Element's own matrices strike at the rest. */
const ON_CLUSTER =
  /^(CreateKeyServerKmip|ModifyKeyServerKmip|DeleteKeyServerKmip|AddKeyServerToProviderKmip|RemoveKeyServerFromProviderKmip|TestKey(Server|Provider)Kmip|RekeySoftwareEncryptionAtRestMasterKey|GetAsyncResult)$/;
const ofKeyProtect = ({ method }: Call): boolean => /^[a-z]/.test(method);

/** Where the calls of an operation are. */
export const callsOf = async (site: RegionSite, name: OperationName): Promise<Call[]> =>
  pointsOf(await walk(site, OPERATIONS[name])).filter((call) => ofKeyProtect(call) || ON_CLUSTER.test(call.method));

/**
 * Each call with each interruption and with each moment, in pairs: the ways to finish and to save state take turns. Each write
 * is cut off once more for each of the other ways to finish.
 */
export function cellsOf(operation: OperationName, calls: readonly Call[]): Cell[] {
  const finishes = FINISHES.filter((finish) => ENDINGS[operation][finish] !== undefined);
  const inTurn = calls.flatMap((call, place) =>
    INTERRUPTIONS.map((interruption, kind) => {
      const index = place * INTERRUPTIONS.length + kind;
      return {
        ...{ operation, call, interruption, turn: index },
        moment: of(MOMENTS, place + kind),
        finish: of(finishes, index),
        saving: of(SAVINGS, Math.floor(index / finishes.length)),
      };
    }),
  );
  const others = OTHER_FINISHES.filter((finish) => ENDINGS[operation][finish] !== undefined);
  const ofWrites = calls
    .filter(({ method }) => isWrite(method))
    .flatMap((call, place) =>
      others.map((finish, index) => ({
        ...{ operation, call, finish, turn: place + index, moment: "acted" as const },
        interruption: of(["engine and children killed", "two SIGINTs"] as const, place + index),
        saving: of(SAVINGS, Math.floor(place / 2) + index),
      })),
    );
  return [...inTurn, ...ofWrites.filter(({ finish, ...cell }) => finish !== "rename" || knowsRootKey(cell))];
}

/** An alias says nothing of what is in no state, and no run takes a root key for a leftover. */
const knowsRootKey = ({ operation, call, saving }: Pick<Cell, "operation" | "call" | "saving">): boolean =>
  operation !== "first up" || (saving === "after each step" && call.method !== "createKey");

const of = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;

/** The cell as a cut of its operation. */
export function cutOf({ operation: name, call, moment, interruption, saving, finish, turn }: Cell): Cut<RegionSite> {
  const ending = ENDINGS[name][finish]?.(turn);
  if (ending === undefined) throw new Error(`${name} is not finished by ${finish}`);
  const env = saving === "at the end" ? { PULUMI_SKIP_CHECKPOINTS: "true" } : {};
  return { operation: OPERATIONS[name], call, moment, interruption, ending, env };
}
