import { masterKeyOf } from "../lab";
import type { Failure } from "./failure";
import { type Quickness, quickly } from "./quickness";
import { promised, Trial } from "./trial";

const MINUTES = 300_000;

/** Walks all failures through refresh, up and destroy of one stack: each command once with the failures and once without. */
export function walk(failures: Failure[], quickness?: Quickness): void {
  const quick = quickness === undefined ? {} : quickly(quickness);
  let trial: Trial;

  beforeAll(async () => {
    trial = await Trial.begin(failures);
  }, MINUTES);
  afterAll(() => trial.end());

  const lasting = (name: string, test: () => Promise<void>) => it(name, test, MINUTES);

  lasting("refresh says what is wrong, and drops and changes nothing", async () => {
    const [before, made] = [await trial.state(), trial.made()];
    await trial.meet("refresh", [], quick);
    const after = await trial.state();
    for (const { name } of failures.filter(({ drifts }) => !drifts)) {
      expect({ name, ...after[name] }).toEqual({ name, ...before[name] });
    }
    await trial.finish("refresh");
    const mended = await trial.state();
    for (const { name } of failures.filter(({ drifts }) => drifts !== "for good")) {
      expect({ name, ...mended[name] }).toEqual({ name, ...before[name] });
    }
    expect(trial.made()).toEqual(made);
    await trial.expectRekeys("refresh");
  });

  lasting("up says what is wrong, and the next one finishes without doing anything twice", async () => {
    const [before, made] = [await trial.state(), trial.made()];
    trial.declare("2");
    await trial.meet("up", ["--continue-on-error"], quick);
    const after = await trial.state();
    for (const { name, up } of failures.filter(({ up }) => up.code !== undefined)) {
      const complete = up.incomplete !== true;
      expect({ name, ...promised(after[name]) }).toEqual({ name, ...promised(before[name]) });
      expect({ name, ...after[name]?.MasterKey?.outputs }).toMatchObject({ name, complete });
    }
    await trial.finish("up");
    expect(trial.made()).toEqual(made);
    await trial.expectRekeys("up");
  });

  lasting("destroy says what is wrong, and the next one finishes", async () => {
    const before = await trial.state();
    await trial.meet("destroy", ["--continue-on-error"], quick);
    const after = await trial.state();
    for (const { name, destroy } of failures) {
      const kept = Object.keys(after[name] ?? {});
      expect({ name, isKept: kept.length > 0 }).toEqual({ name, isKept: destroy.code !== undefined });
      for (const type of kept)
        expect({ name, [type]: after[name]?.[type] }).toEqual({ name, [type]: before[name]?.[type] });
    }
    await trial.finish("destroy");
    expect(await trial.state()).toEqual(trial.each(() => ({})));
    expect(trial.each((_failure, { cluster }) => masterKeyOf(cluster)?.keyManagementType)).toEqual(
      trial.each(() => "internal"),
    );
    expect(trial.made()).toMatchObject(trial.each(() => ({ keyServers: [], keyProviders: [] })));
    await trial.expectRekeys("destroy");
  });
}
