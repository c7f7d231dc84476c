import { type Call, pointsOf } from "../calls";
import type { Ending } from "../endings";
import type { Interruption } from "../interruptions";
import { type Cut, walk } from "../run-finish";
import { FINISHED_OPERATIONS, type Finish, type FinishedName, type FinishedOperation } from "./finishes";
import type { Site } from "./site";

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

/** Where the calls of an operation are. */
export async function callsOf(site: Site, name: FinishedName): Promise<Call[]> {
  const sent = await walk(site, FINISHED_OPERATIONS[name]);
  const looks = sent.filter((method) => method === LOOK).length;
  // How often hardware encryption is looked at in the end depends on the machine.
  return pointsOf(sent).filter(({ method, ordinal }) => method !== LOOK || ordinal < looks);
}

const LOOK = "GetEncryptionAtRestInfo";

/** The cell as a cut of its operation. */
export const cutOf = ({ operation: name, call, interruption, finish }: FinishCell): Cut<Site> => {
  const operation: FinishedOperation = FINISHED_OPERATIONS[name];
  return { operation, call, moment: "acted", interruption, ending: endingOf(name, finish) };
};

export function endingOf(name: FinishedName, finish: Finish): Ending<Site> {
  const ending = (FINISHED_OPERATIONS[name] as FinishedOperation).finishes[finish];
  if (ending === undefined) throw new Error(`${name} is not finished by ${finish}`);
  return ending;
}
