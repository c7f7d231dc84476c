import { checkCluster } from "../../../provider/element/identity";
import { logicalName, markedName, resolveName } from "../../../provider/element/ownership";
import { Run, runOn } from "./harness";
import { useTheatre } from "./table";

const urn = (stack: string, name: string) =>
  `urn:pulumi:${stack}::tests::pulumi-nodejs:dynamic/ekm/element:KeyServer::${name}`;
const theatre = useTheatre();

test("a mark is the logical name and a suffix of its own for each stack and resource", () => {
  const marks = [urn("dev", "a"), urn("prod", "a"), urn("dev", "b")].map(markedName);
  expect(new Set(marks.map((mark) => mark.slice(-7))).size).toBe(3);
  expect(marks[0]).toMatch(/^a-[0-9a-f]{7}$/);
  expect(markedName(urn("dev", "a"))).toBe(marks[0]);
  expect(logicalName(urn("dev", "a"))).toBe("a");
});

test("a name is fixed at the first create: by the user, by the mark, or by what was adopted", () => {
  const context = new Run({}).context(urn("dev", "a"));
  const mark = markedName(context.urn);
  const marked = { name: mark, autoName: mark };
  expect(resolveName({}, {}, context)).toEqual(marked);
  expect(resolveName(marked, {}, context)).toEqual(marked);
  expect(resolveName({ name: "old-mark", autoName: "old-mark" }, {}, context)).toEqual({
    name: "old-mark",
    autoName: "old-mark",
  });
  expect(resolveName(marked, { name: "given" }, context)).toEqual({ name: "given", autoName: undefined });
  expect(resolveName({ name: "given" }, {}, context)).toEqual({ name: undefined, autoName: undefined });
  expect(resolveName({}, { adopt: "match" }, context)).toEqual({ name: undefined, autoName: undefined });
});

test("a cluster that is not verified is warned about once a run", async () => {
  const scene = await theatre.scene("bare");
  const run = runOn(scene);
  Object.assign(run.cluster().settings, { insecure: true });
  for (const name of ["a", "b", "a"]) {
    const context = run.context(urn("dev", name));
    expect(checkCluster({ cluster: "default", resourceUrn: context.urn }, context)).toEqual([]);
  }
  expect(run.lines.filter(({ severity }) => severity === "warn")).toHaveLength(1);
  run.next();
  const context = run.context(urn("dev", "b"));
  checkCluster({ cluster: "default", resourceUrn: context.urn }, context);
  expect(run.lines).toHaveLength(2);
  expect(scene.cluster.requests).toEqual([]);
  await run.close();
});
