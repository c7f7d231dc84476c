import { type Call, MOMENTS, type Moment, pointsOf } from "../calls";
import { INTERRUPTIONS, type Interruption, killsEngine } from "../interruptions";
import { type Cut, walk } from "../run-finish";
import { isWrite } from "../strike-point";
import { endingsOf, FINISHES, type Finish, OTHER_FINISHES } from "./finishes";
import { type OperationName, operationOf } from "./operations";
import type { VcenterSite } from "./site";

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
  `${operation}/${call.method}#${call.ordinal}/${moment}/${interruption}/saved ${saving}/${finish}${/^(target|replacement)$/.test(finish) ? ` ${turn % 12}` : ""}`;

const LOOK = /^getTask of (\w+)$/;
/** Later looks at a task are as many as there have to be. */
const isLater = ({ method, ordinal }: Call): boolean =>
  method === "getTask" || (method === "RetrievePropertiesEx" && ordinal > 1);

/** Where the calls of an operation are: of looks at a task, which reads have as well, those that find a write at work. */
export const callsOf = async (site: VcenterSite, name: OperationName): Promise<Call[]> =>
  pointsOf(await walk(site, operationOf(name))).filter((call) => {
    const [, began] = LOOK.exec(call.method) ?? [];
    return began === undefined ? !isLater(call) : isWrite(began);
  });

const of = <T>(values: readonly T[], index: number): T => values[index % values.length] as T;

/**
 * Each call with each interruption and with each moment, in pairs; the ways to finish and to save state take turns. Each write
 * is cut off once more for each of the other ways to finish.
 */
export function cellsOf(operation: OperationName, calls: readonly Call[]): Cell[] {
  const endings = endingsOf(operation);
  const finishes = FINISHES.filter((finish) => endings[finish] !== undefined);
  const strikes = calls.flatMap((call, place) =>
    INTERRUPTIONS.map((interruption, kind) => ({ call, interruption, moment: of(MOMENTS, place + kind) })),
  );
  // As many finishes as there are moments would go in step with these.
  const round = finishes.length === MOMENTS.length ? MOMENTS.length * INTERRUPTIONS.length : Infinity;
  const inTurn = strikes.map((strike, index) => ({
    ...{ operation, ...strike, turn: index },
    finish: of(finishes, index + Math.floor(index / round)),
    saving: of(SAVINGS, Math.floor(index / finishes.length)),
  }));
  const certified = calls.findIndex(({ method }) => method === "updateKmsClientCertificate");
  /** State knows nothing of a trusted provider that may be used elsewhere by now: it stays, and only the same program has it. */
  const isOutOfSight = ({ call, interruption, saving }: Pick<Cell, "call" | "interruption" | "saving">) =>
    operation === "trusted: first up" &&
    saving === "at the end" &&
    killsEngine(interruption) &&
    calls.indexOf(call) >= certified;
  const others = OTHER_FINISHES.filter((finish) => endings[finish] !== undefined);
  const ofWrites = calls
    .filter(({ method }) => isWrite(method))
    .flatMap((call, place) =>
      others.map((finish, index) => ({
        ...{ operation, call, finish, turn: place + index, moment: "acted" as const },
        interruption: of(["engine and children killed", "two SIGINTs"] as const, place + index),
        saving: of(SAVINGS, Math.floor(place / 2) + index),
      })),
    );
  return [
    ...inTurn.map((cell) => (isOutOfSight(cell) ? { ...cell, finish: "same command" as const } : cell)),
    ...ofWrites.filter((cell) => cell.finish !== "rename" || !isOutOfSight(cell)),
  ];
}

/** The cell as a cut of its operation. */
export function cutOf({ operation: name, call, moment, interruption, saving, finish, turn }: Cell): Cut<VcenterSite> {
  const ending = endingsOf(name)[finish]?.(turn);
  if (ending === undefined) throw new Error(`${name} is not finished by ${finish}`);
  const env = saving === "at the end" ? { PULUMI_SKIP_CHECKPOINTS: "true" } : {};
  return { operation: operationOf(name), call, moment, interruption, ending, env };
}
