import { isMarkedByStack, logicalName, markedName } from "../../../provider/adapters/pulumi/urn";
import { resolveName } from "../../../provider/core/ownership";
import { checkCluster } from "../../../provider/systems/element/cluster";
import { element } from "../../../provider/systems/element/system";
import { Run, runOn } from "../harness";
import { useTheatre } from "../table";

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

describe("a key provider bears the mark of a stack", () => {
  const EKM = "ekm:element:ExternalKeyManagement$";
  const TYPE = "pulumi-nodejs:dynamic/ekm/element:";
  const of = (stack: string, around: string, name: string) => `urn:pulumi:${stack}::tests::${around}${TYPE}${name}`;
  const key = (around: string) => of("dev", around, "MasterKey::key");
  const provider = (around: string, stack = "dev") => markedName(of(stack, around, "KeyProvider::east-1"));

  it.each<[string, string, string, boolean]>([
    ["beside the resource", provider(""), key(""), true],
    ["in the component, of a resource in it", provider(EKM), key(EKM), true],
    ["beside the component, of a resource in it", provider(""), key(EKM), true],
    ["in the component, of a resource beside it", provider(EKM), key(""), true],
    ["in a fleet", provider(`ekm:element:Fleet$${EKM}`), key(""), true],
    ["in what is around the resource", provider(`my:site$${EKM}`), key(`my:site$my:rack$${EKM}`), true],
    ["of another stack", provider("", "prod"), key(""), false],
    ["in a component of a user's own elsewhere", provider("my:other$"), key(""), false],
    ["of a key server", markedName(of("dev", "", "KeyServer::east-1")), key(""), false],
    ["nowhere, by an exact name", "east", key(""), false],
    ["nowhere, by a name that looks like one", "east-1a2b3c4", key(""), false],
  ])("%s", (_where, name, urn, is) => {
    expect(isMarkedByStack(name, "element:KeyProvider", urn)).toBe(is);
  });
});

test("a name is fixed at the first create: by the user, by the mark, or by what was adopted", () => {
  const context = new Run({}).context(urn("dev", "a"));
  const mark = markedName(context.self.identity);
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

test("a cluster that is not verified is warned about once a run, at its first use", async () => {
  const scene = await theatre.scene("bare");
  const run = runOn(scene);
  Object.assign(run.cluster().settings, { insecure: true });
  for (const name of ["a", "b", "a"]) {
    expect(checkCluster({ cluster: "default" }, run.context(urn("dev", name)))).toEqual([]);
  }
  expect(run.lines.filter(({ severity }) => severity === "warn")).toHaveLength(1);
  run.next();
  run.context(urn("dev", "b")).connection(element, "default");
  expect(run.lines).toHaveLength(2);
  expect(scene.cluster.requests).toEqual([]);
  await run.close();
});
