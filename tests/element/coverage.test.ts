import type { Method } from "../../provider/systems/element/api/types";
import { element } from "../../sdk";
import { apiOf } from "../../tools/docs/apis";
import { declaredMethods } from "../../tools/docs/declared-methods";
import { methodsOf, recordCalls } from "./calls";
import { cutOff, Resource, runOn } from "./harness";
import { elementSubjects } from "./specimen";
import { PASSWORD } from "./stage";
import { useTheatre } from "./table";

const declared = declaredMethods();

const { connecting: CONNECTING } = apiOf("element");

const theatre = useTheatre();

test.each(elementSubjects.map((subject) => [subject.type, subject] as const))(
  "%s calls what its description declares, and nothing else",
  async (type, { lifecycle, acts }) => {
    const called: Method[] = [];
    for (const [stage, act, apiVersion = "12.3"] of acts) {
      const scene = await theatre.scene(stage, { apiVersion, faultCacheSeconds: 0 });
      const run = runOn(scene);
      const resource = new Resource<object, object>(lifecycle, type, run);
      const calls = recordCalls();
      await act(resource, scene, {
        async up(args) {
          expect(await resource.up(args)).toHaveProperty("did");
          run.next();
        },
        cutOff: () => cutOff(run, scene),
      });
      called.push(...calls());
      await run.close();
    }
    expect(new Set([...called, ...CONNECTING])).toEqual(new Set(methodsOf(type)));
  },
);

const LOOKUPS = Object.entries(element).filter(([name]) => /^get\w+(?<!Output)$/.test(name));

test.each(LOOKUPS)("%s calls what its doc comment declares, and nothing else", async (name, look) => {
  const called: Method[] = [];
  for (const apiVersion of ["12.3", "12.0"]) {
    const { cluster } = await theatre.scene("encrypted", { apiVersion });
    const { endpoint, username, fingerprint256 } = cluster;
    const calls = recordCalls();
    await (look as typeof element.getKeyServers)({
      connection: { endpoint, username, password: PASSWORD, fingerprint256 },
    });
    called.push(...calls());
  }
  expect(new Set([...called, ...CONNECTING])).toEqual(
    new Set([...CONNECTING, ...(declared.get(`element.${name}`) ?? [])]),
  );
});
