import type { Call } from "../calls";
import type { Ending } from "../endings";
import type { Cut } from "../run-finish";
import { endingOf, finishesOf } from "./finish-cells";
import { againWith, FINISHED_OPERATIONS, type Finish, type FinishedName } from "./finishes";
import type { Site } from "./site";

/** The same once more, and whatever people do instead. */
export type UnsavedFinish = "same command" | Finish;

/** One run of an engine that saves state at the end alone, killed when the cluster has acted on one call. */
export interface UnsavedCell {
  operation: FinishedName;
  call: Call;
  finish: UnsavedFinish;
}

export const idOfUnsaved = ({ operation, call, finish }: UnsavedCell): string =>
  `${operation}/${call.method}#${call.ordinal}/unsaved/${finish}`;

/** Every cell of an operation that makes `calls`. The ways to finish take turns. */
export function unsavedCellsOf(operation: FinishedName, calls: readonly Call[]): UnsavedCell[] {
  const finishes = unsavedFinishesOf(operation);
  return calls.map((call, index) => ({ operation, call, finish: finishes[index % finishes.length] as UnsavedFinish }));
}

export const unsavedFinishesOf = (operation: FinishedName): UnsavedFinish[] => [
  "same command",
  ...finishesOf(operation),
];

export function unsavedEndingOf(operation: FinishedName, finish: UnsavedFinish): Ending<Site> {
  if (finish === "same command") return againWith(FINISHED_OPERATIONS[operation]);
  const ending = endingOf(operation, finish);
  // An alias says nothing of what is in no state: objects under another name are made anew, and the key goes to them.
  return finish === "rename" ? { ...ending, mostRekeys: ending.mostRekeys + 1 } : ending;
}

/** The cell as a cut of its operation. */
export const unsavedCutOf = ({ operation, call, finish }: UnsavedCell): Cut<Site> => ({
  operation: FINISHED_OPERATIONS[operation],
  call,
  moment: "acted",
  interruption: "engine and children killed",
  ending: unsavedEndingOf(operation, finish),
  env: { PULUMI_SKIP_CHECKPOINTS: "true" },
});
