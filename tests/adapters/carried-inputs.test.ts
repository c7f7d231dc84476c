import { carrying } from "../../provider/adapters/pulumi/resource/carried-inputs";
import { IncompleteError } from "../../provider/core/errors";
import type { Context, Lifecycle } from "../../provider/core/lifecycle";
import { element } from "../../provider/systems/element/system";
import { Driver } from "../kit/driver";
import { MovedClock } from "../kit/moved-clock";

type Properties = Record<string, unknown>;

const URN = "urn:pulumi:dev::tests::any:Any::main";
const CARRIED = { resourceUrn: URN, deadlines: { create: 1, update: 2, delete: 3 }, secretTriggers: true };
const INPUTS = { cluster: "default", rotationTriggers: { a: "1" } };
const GIVEN = { ...INPUTS, ...CARRIED };
const drive = (lifecycle: Lifecycle<Properties, Properties>) =>
  new Driver(URN, { clock: new MovedClock() }).drive(carrying(lifecycle, element));

/** Keeps what it is told, and gives its inputs back. */
class Echo implements Lifecycle<Properties, Properties> {
  readonly told: unknown[] = [];

  async check(olds: Properties, news: Properties) {
    this.told.push(olds, news);
    return { inputs: news, failures: [], lines: [] };
  }

  async diff(_id: string, olds: Properties, news: Properties, { isSecret }: Pick<Context, "isSecret">) {
    this.told.push(olds, news, isSecret("rotationTriggers"), isSecret("maxAge"));
    return { differing: [], lines: [] };
  }

  async create(inputs: Properties, { deadlineSeconds, isSecret }: Context) {
    this.told.push(inputs, deadlineSeconds, isSecret("rotationTriggers"));
    return { id: "1", outputs: inputs };
  }

  async read(id: string, state: Properties) {
    this.told.push(state);
    return { id, inputs: state, outputs: state };
  }

  async update(_id: string, olds: Properties, news: Properties, { deadlineSeconds }: Context) {
    this.told.push(olds, news, deadlineSeconds);
    return news;
  }

  async delete(_id: string, state: Properties, { deadlineSeconds }: Context) {
    this.told.push(state, deadlineSeconds);
  }
}

type Driven = ReturnType<typeof drive>;

test.each<[method: string, call: (driven: Driven) => Promise<unknown>, told: unknown[], result: unknown]>([
  ["check", (driven) => driven.check(GIVEN, GIVEN), [INPUTS, INPUTS], { inputs: GIVEN, failures: [] }],
  ["diff", (driven) => driven.diff("1", GIVEN, GIVEN), [INPUTS, INPUTS, true, false], { differing: [] }],
  ["create", (driven) => driven.create(GIVEN), [INPUTS, 1, true], { id: "1", outputs: GIVEN }],
  ["read", (driven) => driven.read("1", GIVEN), [INPUTS], { id: "1", inputs: GIVEN, outputs: GIVEN }],
  ["update", (driven) => driven.update("1", GIVEN, GIVEN), [INPUTS, INPUTS, 2], GIVEN],
  ["delete", (driven) => driven.delete("1", GIVEN), [INPUTS, 3], undefined],
])("%s sees no carried input, is told what follows from them, and leaves them in its results", async (...row) => {
  const [, call, told, result] = row;
  const echo = new Echo();
  expect(await call(drive(echo))).toEqual(result);
  expect(echo.told).toEqual(told);
});

test.each<[method: string, call: (driven: Driven) => Promise<unknown>]>([
  ["create", (driven) => driven.create(GIVEN)],
  ["update", (driven) => driven.update("1", GIVEN, GIVEN)],
])("a %s that is left incomplete leaves them in state", async (_method, call) => {
  const incomplete = () => Promise.reject(new IncompleteError("1", { complete: false }, new Error("it still runs")));
  const driven = drive(Object.assign(new Echo(), { create: incomplete, update: incomplete }));
  await expect(call(driven)).rejects.toMatchObject({ outputs: { complete: false, ...CARRIED } });
});

describe("the time that a delete may take, which is told the state alone", () => {
  const later = { ...GIVEN, deadlines: { ...CARRIED.deadlines, delete: 4 } };
  const of = (differing: string[]) =>
    Object.assign(new Echo(), { deleteWaits: true as const, diff: async () => ({ differing, lines: [] }) });

  test.each<[string, Lifecycle<Properties, Properties>, Properties, string[], string[]]>([
    [
      "alone",
      of([]),
      later,
      ["deadlines"],
      ['cluster "default": only how long later runs may wait changes (customTimeouts)'],
    ],
    ["beside another difference", of(["name"]), later, ["name", "deadlines"], []],
    ["as before", of([]), GIVEN, [], []],
    ["where nothing is waited for", new Echo(), later, [], []],
  ])("differs %s", async (_how, lifecycle, news, differing, facts) => {
    const driver = new Driver(URN, { clock: new MovedClock() });
    const driven = driver.drive(carrying(lifecycle, element));
    await driven.check(GIVEN, news);
    expect(await driven.diff("1", GIVEN, news)).toEqual({ differing });
    expect(driver.facts).toEqual(facts);
  });
});
