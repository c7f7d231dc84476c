import type { CallName } from "../../provider/systems/vsphere/api/types";
import { vsphere } from "../../sdk";
import { declaredMethods } from "../../tools/docs/declared-methods";
import { describedMethods } from "../kit/described-methods";
import { recordCalls } from "./calls";
import { noteLeftover, Resource, runOn, settingsOf } from "./harness";
import { vsphereSubjects } from "./specimen";
import { STANDARD, TRUSTED } from "./stage";
import { useTheatre } from "./table";

const theatre = useTheatre();

test.each(vsphereSubjects.map((subject) => [subject.token, subject] as const))(
  "%s calls what its description declares, and nothing else",
  async (token, { lifecycle, acts }) => {
    const called: CallName[] = [];
    for (const [stage, act] of acts) {
      const scene = await theatre.scene(stage);
      const run = runOn(scene);
      const resource = new Resource<object, object>(lifecycle, token, run);
      const calls = recordCalls();
      await act(resource, scene, {
        async up(args) {
          expect(await resource.up(args)).toHaveProperty("did");
          run.next();
        },
        cutOff: (reference) => noteLeftover(run, scene, "vsphere:KeyProvider", reference),
      });
      called.push(...calls());
      await run.close();
    }
    expect(new Set(called)).toEqual(new Set(describedMethods(token)));
  },
);

const declared = declaredMethods();
const LOOKUPS = Object.entries(vsphere).filter(([name]) => /^get\w+(?<!Output)$/.test(name));

test.each(LOOKUPS)("%s calls what its doc comment declares, and nothing else", async (name, look) => {
  const scene = await theatre.scene("defaulted");
  const calls = recordCalls();
  for (const keyProvider of [STANDARD, `domain-c8/${TRUSTED}`]) {
    await (look as typeof vsphere.getServerCertificates)({ connection: settingsOf(scene.vcenter), keyProvider });
  }
  expect(calls()).toEqual([...(declared.get(`vsphere.${name}`) ?? [])].sort());
});
