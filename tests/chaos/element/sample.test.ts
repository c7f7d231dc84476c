import { MOMENTS, pointsOf } from "../calls";
import { INTERRUPTIONS } from "../interruptions";
import { cellsOf, idOf, RECOVERIES } from "./cells";
import { type FinishedName, finishedNames } from "./finishes";
import { failuresInGravestCall } from "./gravest-call";
import { type OperationName, operationNames } from "./operations";
import { type Course, courseOf, runCell } from "./run-cell";
import { Site } from "./site";

/** One in so many cells. It has no divisor in common with the numbers of moments, interruptions and recoveries. */
const ONE_IN = 149;
/** Which of each so many; another number tries other cells. */
const OFFSET = Number(process.env.EKM_CHAOS_SAMPLE ?? 0) % ONE_IN;

describe("a sample of the kill matrix", () => {
  let site: Site;
  const courses = new Map<OperationName, Course>();
  let cells: ReturnType<typeof cellsOf>;

  beforeAll(async () => {
    site = await Site.open();
    for (const name of operationNames) courses.set(name, await courseOf(site, name));
    const all = [...courses].flatMap(([name, { points }]) => cellsOf(name, points));
    cells = all.filter((_cell, index) => index % ONE_IN === OFFSET);
  }, 180_000);
  afterAll(() => site.close());

  it.each(operationNames)(
    "%s: an interrupted run is finished by the next, and nothing is lost or doubled",
    async (name) => {
      const { picture } = courses.get(name) as Course;
      const failures: string[] = [];
      for (const cell of cells.filter(({ operation }) => operation === name)) {
        await runCell(site, cell, picture).catch((error) => failures.push(`${idOf(cell)}: ${error.message}`));
      }
      expect(failures).toEqual([]);
    },
    240_000,
  );

  it("meets every interruption and every moment", () => {
    expect(new Set(cells.map(({ interruption }) => interruption))).toEqual(new Set(INTERRUPTIONS));
    expect(new Set(cells.map(({ moment }) => moment))).toEqual(new Set(MOMENTS));
  });
});

describe("a sample of what people do after a run that was cut off", () => {
  /** One operation, another one by each number. */
  const operation = finishedNames[
    (finishedNames.indexOf("gapless move") + OFFSET) % finishedNames.length
  ] as FinishedName;

  it(`${operation}: a run that was cut off in its gravest call is finished in each way`, async () => {
    const site = await Site.open();
    try {
      expect(await failuresInGravestCall(site, operation)).toEqual([]);
    } finally {
      await site.close();
    }
  }, 240_000);
});

describe("the kill matrix", () => {
  it("strikes at each call, and of a poll at the first, one in the middle and the last", () => {
    const methods = ["GetAPI", "ListDrives", "ListDrives", ...Array.from({ length: 5 }, () => "GetAsyncResult")];
    expect(pointsOf(methods).map(({ method, ordinal }) => `${method}#${ordinal}`)).toEqual([
      "GetAPI#1",
      "ListDrives#1",
      "ListDrives#2",
      "GetAsyncResult#1",
      "GetAsyncResult#3",
      "GetAsyncResult#5",
    ]);
  });

  it("recovers from each interruption at each moment in every way", () => {
    const calls = pointsOf(["GetAPI", "ListDrives", "GetClusterInfo"]);
    const cells = cellsOf("rotation", calls);
    expect(new Set(cells.map(idOf)).size).toBe(3 * MOMENTS.length * INTERRUPTIONS.length);
    const ways = new Set(cells.map(({ interruption, recovery }) => `${interruption} ${recovery}`));
    expect(ways.size).toBe(INTERRUPTIONS.length * RECOVERIES.length);
  });
});
