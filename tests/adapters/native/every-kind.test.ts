import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamicProvider } from "../../../provider/adapters/pulumi/dynamic/provider";
import { opened } from "../../../provider/adapters/pulumi/native/values";
import { lifecycleOf } from "../../../provider/adapters/pulumi/resource/lifecycle-of";
import { Runtime } from "../../../provider/adapters/pulumi/runtime";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { SystemScene } from "../../kit/scene";
import { type Subject, subjects } from "../../kit/simulated";
import { NOT_IMPORTABLE } from "../../kit/specimen";
import { opened as openedTheatre } from "../../kit/table";
import { PluginRun, type State, stored } from "./plugin-run";

// What runs note of what they make.
const folder = mkdtempSync(join(tmpdir(), "ekm-plugin-"));
beforeAll(() => {
  process.env.XDG_STATE_HOME = folder;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(subjects.map((subject) => [subject.token, subject] as [string, Subject]))("%s", (token, subject) => {
  const { simulated, existing, change, description, lifecycle, noun, imported } = subject;
  const theatre = openedTheatre(simulated.theatre());
  const runs: PluginRun[] = [];
  afterEach(async () => {
    for (const run of runs.splice(0)) await run.close();
  });

  const furnished = () => theatre.scene(simulated.furnished);

  /** The next run of an engine. */
  function nextRun(scene: SystemScene): PluginRun {
    const run = new PluginRun(token, simulated.runOn(scene));
    runs.push(run);
    return run;
  }

  const writesOf = (scene: SystemScene, from = 0) =>
    scene
      .calls()
      .slice(from)
      .filter((method) => simulated.calls[method]?.effect !== "read");

  it("is made, changed and replaced by no preview", async () => {
    const scene = await furnished();
    const before = writesOf(scene);
    const first = nextRun(scene);
    const inputs = await first.check(existing(scene));
    const { id, properties } = await first.provider.create({ urn: first.urn, timeout: 0 }, inputs, true);
    expect(id).toBe("");
    const { properties: foreseen } = opened(properties);
    for (const name of Object.keys(description.outputs)) {
      if (!(name in inputs)) expect([name, foreseen[name]]).toEqual([name, UNKNOWN]);
    }
    expect(writesOf(scene)).toEqual(before);

    const state = await nextRun(scene).create(existing(scene));
    const made = writesOf(scene);
    const preview = nextRun(scene);
    const args = stored({ ...existing(scene), ...change });
    const { inputs: news, failures } = await preview.provider.check(preview.urn, state.inputs, args);
    if (failures.length === 0) {
      await preview.diff(news, state);
      await preview.provider.update({ urn: preview.urn, id: state.id, timeout: 0 }, state.properties, news, true);
    }
    // A replacement that is forced: the engine asks for a create, and in a preview for no delete.
    const forced = nextRun(scene);
    const again = await forced.check(existing(scene));
    await forced.provider.create({ urn: forced.urn, timeout: 0 }, again, true);
    expect(writesOf(scene)).toEqual(made);
  });

  it("loses nothing where its replacement is forced", async () => {
    const scene = await furnished();
    const state = await nextRun(scene).create(existing(scene));
    const run = nextRun(scene);
    const replaced = await run.create(existing(scene)).catch((error: Error) => error);
    const kept = replaced instanceof Error ? state : replaced;
    const written = scene.calls().length;
    if (!(replaced instanceof Error)) {
      await run.delete(state);
      expect(writesOf(scene, written)).toEqual([]);
    }
    const look = nextRun(scene);
    expect(await look.read(kept.id, kept.properties, kept.inputs)).toMatchObject({ id: kept.id });
  });

  it("comes over from the dynamic provider and goes back to it, with nothing to do", async () => {
    const scene = await furnished();
    const state = await nextRun(scene).create(existing(scene));
    const { clock, configuration } = simulated.runOn(scene);
    const runtime = new Runtime(undefined, undefined, clock);
    const dynamic = new DynamicProvider(lifecycleOf(token), runtime, undefined);
    await dynamic.configure({ config: { rawConfig: configuration } } as never);
    const plain = { id: state.id, ...opened(state.properties) };
    expect(plain.properties).toMatchObject({ __provider: expect.stringContaining(token) });
    const urn = plain.properties.__resourceUrn;
    expect(urn).toBe(`urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/${token}::main`);
    const olds = opened(state.inputs).properties;
    const given = { ...stored(existing(scene)), __resourceUrn: urn };
    const { inputs = {}, failures } = await dynamic.check(olds, given);
    expect(failures).toEqual([]);
    expect(await dynamic.diff(state.id, plain.properties, inputs)).toMatchObject({ changes: false });
    const found = await dynamic.read(state.id, plain.properties);
    expect(found).toMatchObject({ id: state.id });
    await runtime.close();

    // As the SDK for Node has it in state.
    const theirs: State = { id: state.id, inputs, properties: found.props };
    const back = nextRun(scene);
    const news = await back.check(existing(scene), theirs);
    expect(await back.diff(news, theirs)).toMatchObject({ changes: false, replaces: [], detailed: [] });
  });

  it("has its secrets marked, and those that were given", async () => {
    const scene = await furnished();
    const state = await nextRun(scene).create(existing(scene));
    const secrets = Object.entries(description.arguments).flatMap(([name, { secret }]) => (secret ? [name] : []));
    for (const values of [state.inputs, state.properties]) {
      const marked = opened(values).secrets;
      expect(secrets.filter((name) => name in values && !marked.has(name))).toEqual([]);
    }
  });

  it("is imported by its id, behind the name of a connection or not", async () => {
    if (imported === NOT_IMPORTABLE) return expect(lifecycle).toBeDefined();
    const scene = await theatre.scene(imported.stage);
    const { id = description.single ? undefined : simulated.identityOf(scene) } = imported;
    const own = typeof id === "function" ? id(scene) : id;
    for (const given of [own, own === undefined ? "default" : `default/${own}`]) {
      if (given === undefined) continue;
      const run = nextRun(scene);
      const found = await run.read(given);
      expect(found?.properties).toMatchObject({ ...imported.outputs?.(scene), [noun]: "default" });
      const state = found as State;
      const checked = await run.check(imported.declared(scene), state);
      expect(await run.diff(checked, state)).toMatchObject({ changes: false });
    }
  });
});
