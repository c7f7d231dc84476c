import { MOMENTS } from "../calls";
import { INTERRUPTIONS } from "../interruptions";
import { referencesOf, runFinish } from "../run-finish";
import { type Cell, callsOf, cellsOf, cutOf, idOf, SAVINGS } from "./cells";
import { FINISHES } from "./finishes";
import { type OperationName, operationNames, operationOf, partsOf } from "./operations";
import { VcenterSite } from "./site";

/** One in so many cells. It has no divisor in common with the numbers of moments, interruptions, finishes and savings. */
const ONE_IN = 29;
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

describe("the kill matrix of vSphere", () => {
  const calls = Array.from({ length: 24 }, (_, index) => ({ method: "UploadKmipServerCert", ordinal: index + 1 }));
  const cells = cellsOf("standard: first up", calls);

  const pairs: [string, (cell: Cell) => string, number][] = [
    [
      "write and interruption",
      ({ call, interruption }) => `${call.ordinal} ${interruption}`,
      calls.length * INTERRUPTIONS.length,
    ],
    ["write and moment", ({ call, moment }) => `${call.ordinal} ${moment}`, calls.length * MOMENTS.length],
    [
      "interruption and moment",
      ({ interruption, moment }) => `${interruption} ${moment}`,
      INTERRUPTIONS.length * MOMENTS.length,
    ],
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
    const inTurn = cells.filter(({ finish }) => FINISHES.some((each) => each === finish));
    expect(new Set(inTurn.map(pairOf)).size).toBe(wanted);
  });

  it("strikes every other call once, by each interruption at each moment", () => {
    const reads = cellsOf(
      "trusted: first up",
      calls.map(({ ordinal }) => ({ method: "getKmsProvider", ordinal })),
    );
    expect(reads).toHaveLength(calls.length);
    expect(new Set(reads.map(({ interruption, moment }) => `${interruption} ${moment}`)).size).toBe(
      INTERRUPTIONS.length * MOMENTS.length,
    );
  });
});
