import type { Operation } from "../../provider/systems/keyprotect/api/types";
import { keyprotect } from "../../sdk";
import { declaredMethods } from "../../tools/docs/declared-methods";
import { describedMethods } from "../kit/described-methods";
import { recordCalls } from "./calls";
import { cutOff, Resource, runOn, settingsOf } from "./harness";
import { keyProtectSubjects } from "./specimen";
import { newClient } from "./stage";
import { useTheatre } from "./table";

const theatre = useTheatre();

test.each(keyProtectSubjects.map((subject) => [subject.token, subject] as const))(
  "%s calls what its description declares, and nothing else",
  async (token, { lifecycle, acts }) => {
    const called: Operation[] = [];
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
        cutOff: () => cutOff(run, scene, newClient().cert),
      });
      called.push(...calls());
      await run.close();
    }
    expect(new Set(called)).toEqual(new Set(describedMethods(token)));
  },
);

const declared = declaredMethods();
const LOOKUPS = Object.entries(keyprotect).filter(([name]) => /^get\w+(?<!Output)$/.test(name));

test.each(LOOKUPS)("%s calls what its doc comment declares, and nothing else", async (name, look) => {
  const scene = await theatre.scene("registered");
  const calls = recordCalls();
  const args = name === "getKmipObjects" ? { adapter: scene.adapter.id } : {};
  await (look as typeof keyprotect.getRootKeys)({ connection: settingsOf(scene.region), ...args });
  expect(calls()).toEqual([...(declared.get(`keyprotect.${name}`) ?? [])].sort());
});
