import type { DriftSite, StateOf } from "./drift-site";
import { entryOf } from "./entry";
import { type Entry, sectionOf, sectionOnPage } from "./page";
import type { Row } from "./row";
import { expectNothing, runRow } from "./run-row";

/** Milliseconds for one row, on a machine that is busy with other things. */
const TIMEOUT = 120_000;

/** Runs rows, by the heading that they have on the page, on one site. */
export function matrix<S extends DriftSite>(
  open: (states: ReadonlySet<StateOf<S>>) => Promise<S>,
  sections: Record<string, Row<S>[]>,
): void {
  const states = new Set(Object.values(sections).flatMap((rows) => rows.map(({ from }) => from)));
  let site: S;
  beforeAll(async () => {
    site = await open(states);
  }, TIMEOUT);
  afterAll(() => site.close());

  it.each([...states])(
    "control: %s, and nobody changes anything",
    async (state: StateOf<S>) => {
      await site.restore(state);
      await expectNothing(site);
      const asked = site.asked();
      // Nothing is asked twice, whatever the number of resources.
      expect(asked.toSorted()).toEqual([...new Set(asked)].sort());
    },
    TIMEOUT,
  );

  describe.each(Object.entries(sections))("%s", (heading, rows) => {
    const entries: Entry[] = [];
    it.each(rows)(
      "$change",
      async (row) => {
        const printed = await runRow(site, row);
        entries.push(entryOf(row, printed, site.accidents));
      },
      TIMEOUT,
    );

    it("are told on the page docs/drift.md (EKM_UPDATE_DOCS=1 rewrites it)", () => {
      const section = sectionOf(entries);
      expect(sectionOnPage(heading, section)).toBe(section);
    });
  });
}
