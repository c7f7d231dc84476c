import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../tools/engine/paths";
import { Caller } from "../keyprotect/simulator/caller";
import { issue, makeAuthority } from "../kit/certificates";
import { Region } from "./acceptance/lab";
import { Workspace } from "./harness";

const EKM = join(projectRoot, "dist", "cli", "main.js");

let region: Region;
let workspace: Workspace;

beforeAll(async () => {
  region = await Region.start({ propagationSeconds: 0, switches: { clockOffsetSeconds: -3600 } });
  workspace = await Workspace.create({ passphrase: "of the new stack" });
});
afterAll(async () => {
  workspace.remove();
  await region.remove();
});

const clientOf = (commonName: string) => issue(makeAuthority(), { commonName, usage: "client" }).cert;

/** What somebody has set up by hand: two adapters under one key, which is in a ring of its own, and a key beside it. */
async function setUp(): Promise<void> {
  const { simulator } = region;
  const caller = new Caller(simulator);
  const storage = await caller.rootKey("storage");
  await caller.rootKey("backups");
  await simulator.act("moveKey", { key: storage, keyRing: "kmip" });
  const adapters = [await caller.adapter(storage, "clusters"), await caller.adapter(storage, "hypervisors")];
  const [clusters = "", hypervisors = ""] = adapters;
  await caller.certificate(clusters, clientOf("storage-1"), "storage-1");
  await caller.certificate(clusters, clientOf("storage-2"), "storage-2");
  await caller.certificate(hypervisors, clientOf("vcenter"), "vcenter");
  await simulator.act("createObject", { adapter: clusters, certificate: "storage-1" });
}

/** Arguments of the engine's commands about the program. */
const args = (...more: string[]): string[] => ["--cwd", join(workspace.folder, "imported"), ...more];

it("takes over root keys, adapters and their clients without a write, and does not let go of them", async () => {
  await setUp();
  const { connection } = region;
  const [before, writes] = [structuredClone(region.objects), region.writes.length];
  const env = { ...process.env, EKM_KEY_PROTECT_INSTANCES: JSON.stringify({ default: connection }) };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [EKM, "import", "--system", "keyprotect", "--out", "imported"],
    { cwd: workspace.folder, env },
  );
  await workspace.run(["stack", "init", workspace.stack, ...args()]);
  for (const [, command = ""] of stdout.matchAll(/^ {2}pulumi (config set .*)$/gm)) {
    const [line = "", file] = command.split(" < ");
    const value = line.endsWith(".apiKey") ? ["--", connection.apiKey] : [];
    const input = file && readFileSync(join(workspace.folder, "imported", file), "utf8");
    await workspace.run([...args(), ...line.split(" "), ...value], { input });
  }
  const written = readdirSync(join(workspace.folder, "imported"), { recursive: true, encoding: "utf8" })
    .filter((path) => /\.(ts|pem|json|yaml)$/.test(path))
    .map((path) => readFileSync(join(workspace.folder, "imported", path), "utf8"));
  expect([stdout, ...written].filter((text) => text.includes(connection.apiKey))).toEqual([]);

  const compiler = require.resolve("typescript/bin/tsc");
  const compiled = promisify(execFile)(process.execPath, [compiler, "--project", args()[1] ?? ""], {
    cwd: projectRoot,
  });
  const [{ stdout: complaints }, { steps }] = await Promise.all([compiled, workspace.up({ args: args() })]);
  expect(complaints).toBe("");
  expect(steps.filter(({ op, failed }) => op !== "create" || failed)).toEqual([]);
  const again = await workspace.up({ args: args("--expect-no-changes") });
  expect(again.steps).toEqual([]);
  const drift = await workspace.preview({ args: args("--refresh", "--expect-no-changes") });
  expect(drift.steps).toEqual([]);
  const refused = await workspace.destroy({ args: args(), expectFailure: true });
  expect(refused.stdout).toContain("because it is protected");
  expect(region.writes.slice(writes)).toEqual([]);
  expect(region.objects).toEqual(before);

  const { stdout: state } = await workspace.run(["stack", "export", ...args()]);
  const adopted: { type: string; id?: string }[] = JSON.parse(state).deployment.resources;
  const ids = (type: string) => adopted.filter((one) => one.type.endsWith(`:${type}`)).map(({ id }) => `${id}`);
  expect(ids("RootKey").sort()).toEqual(before.keys.map(({ id }) => id).sort());
  expect(ids("KmipAdapter").sort()).toEqual(before.adapters.map(({ id }) => id).sort());
  expect(ids("KmipAdapterClients").sort()).toEqual(before.adapters.map(({ id }) => id).sort());
  expect(ids("KmipClientCertificate")).toHaveLength(3);
}, 120_000);
