import { MOMENTS } from "../calls";
import { WAYS } from "../endings";
import { INTERRUPTIONS } from "../interruptions";
import type { Matrix } from "../matrix";
import { referencesOf, runFinish } from "../run-finish";
import { cellsOf, idOf, RECOVERIES } from "./cells";
import { CUTS, callsOf, cutOf, endingOf, finishCellsOf, finishesOf, idOfFinish } from "./finish-cells";
import { FINISHED_OPERATIONS, FINISHES, type Finish, type FinishedName, finishedNames } from "./finishes";
import { type OperationName, operationNames } from "./operations";
import { courseOf, runCell } from "./run-cell";
import { Site } from "./site";
import { idOfUnsaved, unsavedCellsOf, unsavedCutOf, unsavedEndingOf, unsavedFinishesOf } from "./unsaved-cells";

const sameCommand: Matrix<Site> = {
  part: "same command",
  open: Site.open,
  operations: operationNames,
  facets: { interruption: INTERRUPTIONS, moment: MOMENTS },
  words: `Every operation is interrupted at every call that it makes to the cluster (of a poll at the first, one in the middle and
the last), at three moments: before the call is sent, after the cluster has acted and before it answers, and after the
answer has arrived. Then it is finished as [Runs that were cut off](cut-off-runs.md) tells, in turn by
${RECOVERIES.map((way) => `\`${way}\``).join(", ")}.

A point has passed when the cluster's and the key servers' own records are the same as after a run that nobody
interrupted (one key pair, one server, one provider, one attachment, the rekeys that were asked for, no key left over),
when the data-encryption key still unwraps, and when a further run has nothing to do.`,
  async survey(site, name) {
    const operation = name as OperationName;
    const { points, picture } = await courseOf(site, operation);
    const trials = cellsOf(operation, points).map((cell) => ({
      id: idOf(cell),
      operation,
      facets: { interruption: cell.interruption, moment: cell.moment },
      run: async (where: Site) => {
        await runCell(where, cell, picture);
        return {};
      },
    }));
    return { calls: points, trials };
  },
};

const otherwise: Matrix<Site> = {
  part: "otherwise",
  open: Site.open,
  operations: finishedNames,
  facets: { interruption: CUTS, finish: FINISHES, way: WAYS },
  words: `People do not always run the same again. Every operation is cut off at every call, when the cluster has acted on it: the
engine and its children are killed, or are told twice to stop. Then the program is put back, says another target, is renamed
with an alias, or everything is destroyed, and after a destroy that was cut off there is an \`up\`: with the plain command, on
the same machine. An \`up\` is never refused. A destroy may ask for an \`up\` first, where state does not know of everything that
the run had begun: what its refusal names is run then, or, where state has nothing of the cluster, what the README says, and
the destroy again. The last table counts how often.

A point has passed when the key servers and the cluster are as if nothing but that had ever been done, with the same resources
in state, no object and no key left over, and nothing to do for a further run. There may be as many rekeys as the commands ask
for: after a destroy that was refused because drives were being encrypted, that is the way to the external key and back again.`,
  async survey(site, name) {
    const operation = name as FinishedName;
    const calls = await callsOf(site, operation);
    const references = new Map<Finish, object[]>();
    for (const finish of finishesOf(operation))
      references.set(finish, await referencesOf(site, FINISHED_OPERATIONS[operation], endingOf(operation, finish)));
    const trials = finishCellsOf(operation, calls).map((cell) => ({
      id: idOfFinish(cell),
      operation,
      facets: { interruption: cell.interruption, finish: cell.finish },
      run: async (where: Site) => ({ way: await runFinish(where, cutOf(cell), references.get(cell.finish) ?? []) }),
    }));
    return { calls, trials };
  },
};

const unsaved: Matrix<Site> = {
  part: "unsaved",
  open: Site.open,
  operations: finishedNames,
  facets: { finish: ["same command", ...FINISHES], way: WAYS },
  words: `With \`PULUMI_SKIP_CHECKPOINTS=true\` the engine saves state when a run ends, and a run that is killed has saved nothing of
what it made. Every operation is cut off at every call, when the cluster has acted on it: the engine and its children are killed.
It is finished in turn by the same command and by whatever people do instead, as above.

A point has passed by the same measure: what state does not know is found by its mark, and by what the run has noted on
the machine. An alias says nothing of what is in no state: a rename may take a rekey more.`,
  async survey(site, name) {
    const operation = name as FinishedName;
    const calls = await callsOf(site, operation);
    const references = new Map<string, object[]>();
    for (const finish of unsavedFinishesOf(operation)) {
      const ending = unsavedEndingOf(operation, finish);
      references.set(finish, await referencesOf(site, FINISHED_OPERATIONS[operation], ending));
    }
    const trials = unsavedCellsOf(operation, calls).map((cell) => ({
      id: idOfUnsaved(cell),
      operation,
      facets: { finish: cell.finish },
      run: async (where: Site) => ({
        way: await runFinish(where, unsavedCutOf(cell), references.get(cell.finish) ?? []),
      }),
    }));
    return { calls, trials };
  },
};

/** By what runs that were cut off are finished. */
export const ELEMENT_MATRICES = { "same command": sameCommand, otherwise, unsaved } as const;
