import { SystemResource } from "../kit/resource";
import type { SystemScene } from "../kit/scene";
import { type Subject, subjects } from "../kit/simulated";
import type { Only } from "../kit/specimen";
import { opened, writesSince } from "../kit/table";

/** It takes over what exists, where it can, and is of no meaning elsewhere. */
const ADOPTED: object = { adopt: "match" };

const singletons = subjects.flatMap((subject) =>
  subject.only ? [[subject.token, subject, subject.only] as [string, Subject, Only<SystemScene, string>]] : [],
);

describe.each(singletons)("a %s that two connection names of one system declare", (token, subject, { stage, args }) => {
  const { lifecycle, simulated, description, noun } = subject;
  const theatre = opened(simulated.theatre());
  const elsewhere = { [noun]: "east" };
  const writesOn = (scene: SystemScene) => writesSince(0, scene, simulated.calls);

  async function declaredTwice(isSameAddress: boolean) {
    const scene = await theatre.scene(stage);
    const run = simulated.runOnBoth(scene, isSameAddress);
    const first = new SystemResource(lifecycle, token, run, "first");
    const second = new SystemResource(lifecycle, token, run, "second");
    return { scene, run, first, second };
  }

  async function twice(isSameAddress: boolean, inState: boolean) {
    const { scene, run, first, second } = await declaredTwice(isSameAddress);
    expect(await first.up(args(scene))).toMatchObject({ did: "created" });
    if (inState) {
      run.next();
      expect(await first.up(args(scene))).toMatchObject({ did: "unchanged" });
    }
    const before = writesOn(scene);
    const outcome = await second.up({ ...args(scene), ...elsewhere });
    expect(writesOn(scene)).toEqual(before);
    await run.close();
    return outcome;
  }

  test("is refused at plan time where both have one address", async () => {
    const outcome = await twice(true, false);
    expect(outcome).toMatchObject({ refused: [{ reason: expect.stringMatching(/already (declares it|attached)/) }] });
  });

  test.each([
    ["of this run", false],
    ["of a former run", true],
  ])("is refused before it is written where they have two, beside one %s", async (_when, inState) => {
    const outcome = await twice(false, inState);
    expect(outcome).toMatchObject({
      failed: "EKM_DECLARED_TWICE",
      message: expect.stringContaining(`"first" declares`),
    });
  });

  test("is handed over, and nothing is written, when one gives way to the other", async () => {
    const { scene, run, first, second } = await declaredTwice(false);
    await first.up(args(scene));
    run.next();
    const before = writesOn(scene);
    const adopted = description.arguments.adopt === undefined ? {} : ADOPTED;
    expect(await second.up({ ...args(scene), ...adopted, ...elsewhere })).toMatchObject({ did: "created" });
    expect(await first.destroy()).toMatchObject({ did: "deleted" });
    expect(writesOn(scene)).toEqual(before);
    await run.close();
  });
});

describe.each(singletons.filter(([, , { irreplaceable }]) => irreplaceable))(
  "a %s that is to be replaced",
  (token, { lifecycle, simulated, noun }, { stage, args }) => {
    const theatre = opened(simulated.theatre());

    test("is refused at plan time, at the second check of the engine", async () => {
      const scene = await theatre.scene(stage);
      const run = simulated.runOn(scene);
      const resource = new SystemResource(lifecycle, token, run, "main");
      const inputs = { [noun]: "default", ...args(scene) };
      const context = run.context(resource.urn);
      expect((await lifecycle.check({}, inputs, context)).failures).toEqual([]);
      run.next();
      expect((await lifecycle.check(inputs, inputs, context)).failures).toEqual([]);
      expect((await lifecycle.check({}, inputs, context)).failures).toEqual([
        { property: "", reason: expect.objectContaining({ code: "EKM_REPLACEMENT_REFUSED" }) },
      ]);
      await run.close();
    });
  },
);
