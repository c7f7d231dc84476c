import type { Call } from "./cells";
import { FINISHED_OPERATIONS, type Finish, type FinishedName, type FinishedOperation } from "./finishes";
import type { Interruption } from "./interruptions";

/** In which ways a run is cut off that is not finished by itself. Both leave state without the result of what was called. */
export const CUTS = ["engine and children killed", "two SIGINTs"] as const satisfies readonly Interruption[];

/** One run that is cut off when the cluster has acted on one call, and finished in one way. */
export interface FinishCell {
  operation: FinishedName;
  call: Call;
  interruption: (typeof CUTS)[number];
  finish: Finish;
}

export const idOfFinish = ({ operation, call, interruption, finish }: FinishCell): string =>
  `${operation}/${call.method}#${call.ordinal}/${interruption}/${finish}`;

/** The ways to finish an operation. */
export const finishesOf = (operation: FinishedName): Finish[] =>
  Object.keys((FINISHED_OPERATIONS[operation] as FinishedOperation).finishes) as Finish[];

/** Every cell of an operation that makes `calls`: each call, each cut, each finish. */
export const finishCellsOf = (operation: FinishedName, calls: readonly Call[]): FinishCell[] =>
  calls.flatMap((call) =>
    CUTS.flatMap((interruption) => finishesOf(operation).map((finish) => ({ operation, call, interruption, finish }))),
  );
