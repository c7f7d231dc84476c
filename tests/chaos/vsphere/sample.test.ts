import { MOMENTS } from "../calls";
import { INTERRUPTIONS } from "../interruptions";
import { referencesOf, runFinish } from "../run-finish";
import { type Cell, callsOf, cellsOf, cutOf, idOf, SAVINGS } from "./cells";
import { endingsOf, FINISHES } from "./finishes";
import { type OperationName, operationNames, operationOf, partsOf } from "./operations";
import { VcenterSite } from "./site";

/** One in so many cells. It has no divisor in common with the numbers of moments, interruptions, finishes and savings. */
const ONE_IN = 59;
/** Which of each so many; another number tries other cells, of another operation. */
const OFFSET = Number(process.env.EKM_CHAOS_SAMPLE ?? 0);

describe("a sample of the kill matrix of vSphere", () => {
  const operation = operationNames[
    (operationNames.indexOf("standard: first up") + OFFSET) % operationNames.length
  ] as OperationName;

  it(`${operation}: a run that was cut off is finished, and nothing is lost, doubled or left behind`, async () => {
    const site = await VcenterSite.open([partsOf(operation).family]);
    try {
      const cells = cellsOf(operation, await callsOf(site, operation)).filter(
        (_cell, index) => index % ONE_IN === OFFSET % ONE_IN,
      );
      expect(cells).not.toEqual([]);
      const failures: string[] = [];
      for (const cell of cells) {
        const cut = cutOf(cell);
        const references = await referencesOf(site, operationOf(operation), cut.ending);
        await runFinish(site, cut, references).catch((error) => failures.push(`${idOf(cell)}: ${error.message}`));
      }
      expect(failures).toEqual([]);
    } finally {
      await site.close();
    }
  }, 240_000);
});

// Four ways to finish, and three of them.
describe.each(["standard: first up", "standard: destroy"] as const)("the kill matrix of vSphere, %s", (operation) => {
  // Reads and writes in turn.
  const calls = Array.from({ length: 24 }, (_, index) => ({
    method: index % 2 === 0 ? "UploadKmipServerCert" : "ListKmipServers",
    ordinal: index + 1,
  }));
  const cells = cellsOf(operation, calls);
  const finishes = FINISHES.filter((finish) => endingsOf(operation)[finish] !== undefined);

  const pairs: [string, (cell: Cell) => string, number][] = [
    [
      "call and interruption",
      ({ call, interruption }) => `${call.ordinal} ${interruption}`,
      calls.length * INTERRUPTIONS.length,
    ],
    ["call and moment", ({ call, moment }) => `${call.ordinal} ${moment}`, calls.length * MOMENTS.length],
    [
      "interruption and moment",
      ({ interruption, moment }) => `${interruption} ${moment}`,
      INTERRUPTIONS.length * MOMENTS.length,
    ],
    [
      "interruption and finish",
      ({ interruption, finish }) => `${interruption} ${finish}`,
      INTERRUPTIONS.length * finishes.length,
    ],
    [
      "interruption and saving",
      ({ interruption, saving }) => `${interruption} ${saving}`,
      INTERRUPTIONS.length * SAVINGS.length,
    ],
    ["moment and finish", ({ moment, finish }) => `${moment} ${finish}`, MOMENTS.length * finishes.length],
    ["moment and saving", ({ moment, saving }) => `${moment} ${saving}`, MOMENTS.length * SAVINGS.length],
    ["finish and saving", ({ finish, saving }) => `${finish} ${saving}`, finishes.length * SAVINGS.length],
  ];

  it.each(pairs)("has every pair of %s", (_name, pairOf, wanted) => {
    const inTurn = cells.filter(({ finish }) => finishes.some((each) => each === finish));
    expect(new Set(inTurn.map(pairOf)).size).toBe(wanted);
  });
});
