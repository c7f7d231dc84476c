import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandFailedError, processesIn, Workspace } from "./harness";

const TOY = `exports.handler = () => require("./toy.js")`;

const program = (value: number) => `
const pulumi = require("@pulumi/pulumi");
new pulumi.CustomResource("pulumi-nodejs:dynamic/toy:Toy", "toy", { __provider: ${JSON.stringify(TOY)}, value: ${value} });
`;

let workspace: Workspace;

beforeEach(async () => {
  workspace = await Workspace.create({ program: program(1) });
  workspace.addFile(require.resolve("./fixtures/toy.js"));
});

afterEach(() => workspace.remove());

it("tells what each command did", async () => {
  expect((await workspace.up()).steps).toEqual([expect.objectContaining({ op: "create", name: "toy", failed: false })]);
  const again = await workspace.up();
  expect(again.steps).toEqual([]);
  expect(again.summary).toEqual({ same: 2 });
  workspace.setProgram(program(2));
  const [planned] = (await workspace.preview()).steps;
  expect(planned).toMatchObject({ op: "update", differing: ["value"] });
  expect((await workspace.refresh()).steps).toEqual([]);
  expect((await workspace.stateOf("toy"))?.inputs.value).toBe(1);
  expect((await workspace.destroy()).steps.map(({ op }) => op)).toEqual(["delete"]);
});

it("serves a resident program as it is at each run, also after one that failed or was killed", async () => {
  const resident = await Workspace.create({ program: program(1), residentProgram: true });
  try {
    resident.addFile(require.resolve("./fixtures/toy.js"));
    expect((await resident.up()).steps).toMatchObject([{ op: "create", name: "toy" }]);
    resident.setProgram("throw new Error('broken program')");
    await expect(resident.up()).rejects.toThrow("broken program");
    resident.setProgram(program(-1));
    const killed = resident.spawnUp();
    await killed.printed(/toy/);
    await killed.kill();
    await resident.cancel();
    resident.setProgram(program(2));
    expect((await resident.preview()).steps).toMatchObject([{ op: "update", differing: ["value"] }]);
    expect((await resident.up()).steps).toMatchObject([{ op: "update", name: "toy" }]);
  } finally {
    resident.remove();
  }
});

it("rejects a run that ends otherwise than expected", async () => {
  await expect(workspace.up({ expectFailure: true })).rejects.toThrow(CommandFailedError);
  workspace.setProgram("throw new Error('broken program')");
  await expect(workspace.up()).rejects.toThrow("broken program");
});

it("kills a run that takes too long, with all of its processes", async () => {
  workspace.setProgram(program(-1));
  await expect(workspace.up({ timeoutSeconds: 4 })).rejects.toThrow("not done after 4 s");
  expect(await gone()).toBe(true);
});

it("kills the engine alone, then what outlived it", async () => {
  workspace.setProgram(program(-1));
  const running = workspace.spawnUp();
  await running.printed(/creating for ever/);
  await running.kill();
  expect(processesIn(workspace.folder).length).toBeGreaterThan(0);
  await workspace.cancel();
  expect((await workspace.exportState()).pendingOperations).toEqual([
    { type: "creating", resource: expect.objectContaining({ type: "pulumi-nodejs:dynamic/toy:Toy" }) },
  ]);
  workspace.remove();
  expect(await gone()).toBe(true);
});

it("reads a state again whose content type a killed engine was in the middle of writing", async () => {
  await workspace.up();
  writeFileSync(`${workspace.stateFile}.attrs`, "");
  await expect(workspace.exportState()).rejects.toThrow(/failed to load checkpoint.*EOF/s);
  await workspace.cancel();
  expect((await workspace.exportState()).resources).not.toEqual([]);
});

it("has no content type to be cut off where a backend is told to keep none", async () => {
  const other = await Workspace.create({ env: { PULUMI_BACKEND_URL: `file://${workspace.folder}?metadata=skip` } });
  await other.up();
  const written = readdirSync(join(workspace.folder, ".pulumi", "stacks", "ekm"));
  other.remove();
  expect(written).toContain("test.json");
  expect(written.filter((name) => name.endsWith(".attrs"))).toEqual([]);
});

/** A killed process is listed until its parent has collected it. */
async function gone(): Promise<boolean> {
  for (let look = 0; look < 200; look += 1) {
    if (processesIn(workspace.folder).length === 0) {
      return true;
    }
    await new Promise(setImmediate);
  }
  return false;
}
