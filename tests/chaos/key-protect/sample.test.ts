import { MOMENTS } from "../calls";
import { INTERRUPTIONS } from "../interruptions";
import { referencesOf, runFinish } from "../run-finish";
import { type Cell, callsOf, cellsOf, cutOf, idOf, SAVINGS } from "./cells";
import { FINISHES } from "./finishes";
import { OPERATIONS, type OperationName, operationNames } from "./operations";
import { RegionSite } from "./site";

/** One in so many cells. It has no divisor in common with the numbers of moments, interruptions, finishes and savings. */
const ONE_IN = 23;
/** Which of each so many; another number tries other cells, of another operation. */
const OFFSET = Number(process.env.EKM_CHAOS_SAMPLE ?? 0);

describe("a sample of the kill matrix of Key Protect", () => {
  const operation = operationNames[
    (operationNames.indexOf("certificate renewed") + OFFSET) % operationNames.length
  ] as OperationName;

  it(`${operation}: a run that was cut off is finished, and nothing is lost, doubled or left behind`, async () => {
    const site = await RegionSite.open([OPERATIONS[operation].from]);
    try {
      const cells = cellsOf(operation, await callsOf(site, operation)).filter(
        (_cell, index) => index % ONE_IN === OFFSET % ONE_IN,
      );
      expect(cells).not.toEqual([]);
      const failures: string[] = [];
      for (const cell of cells) {
        const cut = cutOf(cell);
        const references = await referencesOf(site, cut.operation, cut.ending);
        await runFinish(site, cut, references).catch((error) => failures.push(`${idOf(cell)}: ${error.message}`));
      }
      expect(failures).toEqual([]);
    } finally {
      await site.close();
    }
  }, 240_000);
});

describe("the kill matrix of Key Protect", () => {
  const calls = Array.from({ length: 24 }, (_, index) => ({ method: "getKeys", ordinal: index + 1 }));
  const cells = cellsOf("root key rotated", calls);

  const pairs: [string, (cell: Cell) => string, number][] = [
    [
      "call and interruption",
      ({ call, interruption }) => `${call.ordinal} ${interruption}`,
      calls.length * INTERRUPTIONS.length,
    ],
    ["call and moment", ({ call, moment }) => `${call.ordinal} ${moment}`, calls.length * MOMENTS.length],
    [
      "interruption and finish",
      ({ interruption, finish }) => `${interruption} ${finish}`,
      INTERRUPTIONS.length * FINISHES.length,
    ],
    [
      "interruption and saving",
      ({ interruption, saving }) => `${interruption} ${saving}`,
      INTERRUPTIONS.length * SAVINGS.length,
    ],
    ["moment and finish", ({ moment, finish }) => `${moment} ${finish}`, MOMENTS.length * FINISHES.length],
    ["moment and saving", ({ moment, saving }) => `${moment} ${saving}`, MOMENTS.length * SAVINGS.length],
    ["finish and saving", ({ finish, saving }) => `${finish} ${saving}`, FINISHES.length * SAVINGS.length],
  ];

  it.each(pairs)("has every pair of %s", (_name, pairOf, wanted) => {
    expect(new Set(cells.map(pairOf)).size).toBe(wanted);
  });
});
