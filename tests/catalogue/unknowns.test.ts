import { UNKNOWN } from "../../provider/core/unknown";
import { SystemResource } from "../kit/resource";
import { type Subject, subjects } from "../kit/simulated";
import type { Arguments } from "../kit/specimen";
import { opened, writesSince } from "../kit/table";

/** The arguments with the sentinel at a path. */
function withUnknown(args: Arguments, path: string): Arguments {
  const copy = structuredClone(args);
  const parents = path.split(".");
  const last = parents.pop() ?? "";
  const parent = parents.reduce((value, key) => value[key] as Arguments, copy);
  parent[last] = UNKNOWN;
  return copy;
}

/** Where a program may give something that is not known yet: each argument, and what is first in each list and object. */
function pathsIn({ description }: Subject, args: Arguments): string[] {
  // An object to adopt exists, and its id is known.
  const names = Object.keys(description.arguments).filter((name) => name !== "adopt");
  return names.flatMap((name) => [
    name,
    ...keysOf(args[name])
      .slice(0, 1)
      .map((key) => `${name}.${key}`),
  ]);
}

const keysOf = (value: unknown): string[] => (typeof value === "object" && value !== null ? Object.keys(value) : []);

describe.each(subjects.map((subject) => [subject.token, subject] as const))("%s", (token, subject) => {
  const { lifecycle, simulated } = subject;
  const theatre = opened(simulated.theatre());

  const prepare = async () => {
    const scene = await theatre.scene(simulated.furnished);
    const args = await subject.another(scene);
    const run = simulated.runOn(scene);
    const resource = new SystemResource(lifecycle, token, run);
    return { scene, args, run, resource, paths: pathsIn(subject, args) };
  };

  test("of a new resource, each input may be unknown", async () => {
    const { args, run, resource, scene, paths } = await prepare();
    const before = scene.calls().length;
    for (const path of paths) {
      expect({ path, ...(await resource.preview(withUnknown(args, path))) }).toEqual({ path, failures: [] });
    }
    // Who holds a key is looked at before a new resource is to have it.
    expect(writesSince(before, scene, simulated.calls)).toEqual([]);
    await run.close();
  });

  test("of a resource that exists, each input may be unknown, and none replaces it", async () => {
    const { args, run, resource, scene, paths } = await prepare();
    expect(await resource.up(args)).toMatchObject({ did: "created" });
    const [before, calls] = [scene.requests(), scene.calls().length];
    for (const path of paths) {
      const preview = await resource.preview(withUnknown(args, path));
      const [input = ""] = path.split(".");
      const isCompared = !subject.notCompared?.includes(input);
      expect({ path, ...preview, replaces: preview.replaces ?? [] }).toEqual({
        path,
        failures: [],
        differing: isCompared ? expect.arrayContaining([input]) : [],
        replaces: [],
      });
    }
    if (!subject.looksInComparison) expect(scene.requests()).toBe(before);
    expect(writesSince(calls, scene, simulated.calls)).toEqual([]);
    await run.close();
  });
});
