import type { AnyLifecycle } from "../../provider/core/lifecycle";
import { registry } from "../../provider/systems/registry";
import { Driver } from "../kit/driver";
import { MovedClock } from "../kit/moved-clock";
import { SystemResource } from "../kit/resource";
import type { SystemScene } from "../kit/scene";
import { type Subject, subjects } from "../kit/simulated";
import { type Imported, NOT_IMPORTABLE } from "../kit/specimen";
import { tokens } from "../kit/specimens";
import { opened } from "../kit/table";

const importable = subjects.flatMap((subject) =>
  subject.imported === NOT_IMPORTABLE
    ? []
    : [[subject.token, subject, subject.imported] as [string, Subject, Imported<SystemScene, string>]],
);

describe.each(importable)("%s, of which an id is known", (token, { lifecycle, simulated, noun }, imported) => {
  const { stage, id, declared, outputs = () => ({}) } = imported;
  const theatre = opened(simulated.theatre());

  /** Of the resource, an import knows the id, and the connection where one is named. */
  async function known(connection: object, given?: string) {
    const scene = await theatre.scene(stage);
    const run = simulated.runOn(scene);
    const resource = new SystemResource(lifecycle, token, run);
    const ownId = typeof id === "function" ? id(scene) : id;
    const objectId = given ?? ownId ?? simulated.identityOf(scene);
    resource.state = { id: objectId, inputs: {}, outputs: { ...connection, resourceUrn: resource.urn } };
    return { scene, run, resource };
  }

  it.each([
    ["a connection", { [noun]: "default" }],
    ["no connection, which is the default one", {}],
  ])("is read from that and %s as a run would have recorded it", async (_what, connection) => {
    const { scene, run, resource } = await known(connection);
    expect(await resource.refresh()).toMatchObject({ did: "refreshed", outputs: outputs(scene) });
    const first = resource.state;
    await resource.refresh();
    expect(resource.state).toEqual(first);
    expect(await resource.up(declared(scene))).toMatchObject({ did: "unchanged" });
    await run.close();
  });

  it("is not there, or on another system, by another id", async () => {
    const { run, resource } = await known({ [noun]: "default" }, "99");
    const outcome = await resource.refresh();
    expect(outcome).toMatchObject(id === undefined ? { failed: "EKM_CONNECTION_IDENTITY" } : { did: "gone" });
    await run.close();
  });
});

const imported = new Set(importable.map(([token]) => token));

test.each(tokens.filter((token) => !imported.has(token)))(
  "%s exists in its state alone, and says so",
  async (token) => {
    const urn = `urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/${token}::main`;
    const driver = new Driver(urn, { clock: new MovedClock() });
    const reading = driver.drive(registry[token].lifecycle as unknown as AnyLifecycle).read("1", {});
    await expect(reading).rejects.toMatchObject({
      code: NOT_IMPORTABLE,
      message: expect.stringContaining('reading "main" from an id'),
    });
  },
);
