import { writesOn } from "../acceptance/lab";
import { entryOf } from "./entry";
import { type Drift, driftOf, errorsIn } from "./observation";
import { type Entry, sectionOf, sectionOnPage } from "./page";
import { pictureOf } from "./picture";
import type { Row } from "./row";
import { Site, type StartState } from "./site";

/** Milliseconds for one row, on a machine that is busy with other things. */
const TIMEOUT = 120_000;
const NOTHING: Drift = { found: {}, planned: {} };

/** Runs rows, by the heading that they have on the page, on one site. */
export function matrix(sections: Record<string, Row[]>): void {
  const states = new Set(Object.values(sections).flatMap((rows) => rows.map(({ from }) => from)));
  let site: Site;
  beforeAll(async () => {
    site = await Site.open(states);
  }, TIMEOUT);
  afterAll(() => site.close());

  it.each([...states])(
    "control: %s, and nobody changes anything",
    async (state: StartState) => {
      await site.restore(state);
      expect(driftOf(await site.preview())).toEqual(NOTHING);
    },
    TIMEOUT,
  );

  describe.each(Object.entries(sections))("%s", (heading, rows) => {
    const entries: Entry[] = [];
    it.each(rows)(
      "$change",
      async (row) => {
        entries.push(await run(site, row));
      },
      TIMEOUT,
    );

    it("are told on the page docs/drift.md (UPDATE_DOCS=1 rewrites it)", () => {
      const section = sectionOf(entries);
      expect(sectionOnPage(heading, section)).toBe(section);
    });
  });
}

async function run(site: Site, row: Row): Promise<Entry> {
  const { from, prepare, make, found, planned, up } = row;
  await site.restore(from);
  if (prepare !== undefined) {
    await prepare(site);
    expect(driftOf(await site.preview())).toEqual(NOTHING);
  }
  const before = pictureOf(site);
  await make(site);
  const changed = pictureOf(site);

  const preview = await site.preview("drift");
  expect(driftOf(preview)).toEqual({ found, planned });

  const calls = writesOn(site.cluster).length;
  const [run] = await Promise.all([
    site.up({ fails: up.decision === "refused" }),
    up.decision === "refused" ? undefined : up.meanwhile?.(site),
  ]);
  const writes = writesOn(site.cluster).slice(calls);
  const after = pictureOf(site);
  if (up.decision === "refused") {
    expect({ writes, after }).toEqual({ writes: [], after: changed });
    expect(errorsIn(run)).toEqual(expect.arrayContaining([expect.stringContaining(`${up.code}: `)]));
    expect(driftOf(await site.preview("drift")).planned).toEqual(planned);
    if (up.wayOut !== undefined) {
      await up.wayOut(site);
      await site.up();
    }
  } else {
    const left = up.left ?? ((picture) => picture);
    expect({ writes, after }).toEqual({
      writes: up.writes,
      after: left(up.decision === "restored" ? before : changed),
    });
  }
  if (up.decision !== "refused" || up.wayOut !== undefined) {
    expect(driftOf(await site.preview())).toEqual(NOTHING);
    expect(await site.cluster.unwrapDataKey()).toBe(true);
  }
  return entryOf(row, { preview, run, known: site.accidents });
}
