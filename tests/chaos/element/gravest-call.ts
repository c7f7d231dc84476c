import { referencesOf, runFinish } from "../run-finish";
import { CUTS, callsOf, cutOf, endingOf, finishCellsOf, finishesOf, idOfFinish } from "./finish-cells";
import { FINISHED_OPERATIONS, type FinishedName } from "./finishes";
import type { Site } from "./site";

/** Cuts an operation off in the call that weighs most, finishes it in each way, and tells what is not as it must be then. */
export async function failuresInGravestCall(site: Site, operation: FinishedName): Promise<string[]> {
  const calls = await callsOf(site, operation);
  const gravest = calls.find(({ method }) => /^(Rekey|Enable|Disable|Modify)/.test(method)) ?? calls.at(-1);
  const cells = finishCellsOf(operation, calls).filter(({ call }) => call === gravest);
  const failures: string[] = [];
  for (const [index, finish] of finishesOf(operation).entries()) {
    const cell = cells.find((each) => each.finish === finish && each.interruption === CUTS[index % CUTS.length]);
    if (cell === undefined) throw new Error(`${operation} has no cell for ${finish}`);
    const references = await referencesOf(site, FINISHED_OPERATIONS[operation], endingOf(operation, finish));
    await runFinish(site, cutOf(cell), references).catch((error) =>
      failures.push(`${idOfFinish(cell)}: ${error.message}`),
    );
  }
  return failures;
}
