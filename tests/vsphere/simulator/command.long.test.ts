import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { projectRoot } from "../../../tools/engine/paths";
import { closeAfterTest, closeAll, temporaryFolder } from "../../simulator/cleanup";
import { ask } from "../../simulator/https-caller";

afterEach(closeAll);

const command = join(projectRoot, "dist/simulator/main.js");

async function run(...args: string[]): Promise<{ child: ChildProcess; first: Record<string, string> }> {
  const child = spawn(process.execPath, [command, "vcenter", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  closeAfterTest(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, first: JSON.parse(line) };
}

const endpoint = expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/);

test("the first line says where the vCenter is and who; SIGTERM ends it, and all is kept", async () => {
  const state = await temporaryFolder();
  const { child, first } = await run("--state", state);
  expect(first).toEqual({
    endpoint,
    username: "administrator@vsphere.local",
    password: expect.any(String),
    fingerprint256: new X509Certificate(`${first.certificate}`).fingerprint256,
    certificate: expect.stringContaining("BEGIN CERTIFICATE"),
    instanceUuid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    trustAuthorityClusters: ["domain-c8"],
  });
  const { username, password, certificate } = first;
  const target = { endpoint: `${first.endpoint}`, certificate, username, password };
  expect(await ask(target, { path: "/api/session" })).toMatchObject({ status: 201 });
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  const again = await run("--state", state);
  expect(again.first).toEqual({ ...first, endpoint });
});

test("options give a login, a version, clusters, a lag, a control endpoint and switches", async () => {
  const login = ["--username", "root", "--password", "secret"];
  const options = ["--api-version", "9.0.0.0", "--trust-authority-clusters", "2", "--control", "127.0.0.1:0"];
  const switches = ["--health-lag-seconds", "7", "--switch", 'errorChannel="task"'];
  const { first } = await run("--state", await temporaryFolder(), ...login, ...options, ...switches);
  const trustAuthorityClusters = ["domain-c8", "domain-c9"];
  expect(first).toMatchObject({ username: "root", password: "secret", trustAuthorityClusters });
  const answer = async (path: string) => (await fetch(`${first.control}${path}`)).json();
  expect(await answer("/switches")).toMatchObject({ healthLagSeconds: 7, errorChannel: "task" });
  expect(await answer("/state")).toMatchObject({ apiVersion: "9.0.0.0" });
});

test.each([
  ["--listen", "nowhere"],
  ["--api-version", "latest"],
  ["--trust-authority-clusters", "none"],
  ["--health-lag-seconds", "soon"],
  ["--control", "0.0.0.0:0"],
  ["--switch", "noSuchSwitch=1"],
])("%s %s is refused", async (option, value) => {
  const args = [command, "vcenter", "--state", await temporaryFolder(), option, value];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/--[a-z-]+ |noSuchSwitch|latest/) });
});

test("help names every option", () => {
  const { status, stdout } = spawnSync(process.execPath, [command, "vcenter", "--help"], { encoding: "utf8" });
  const who = ["state", "listen", "username", "password", "api-version", "trust-authority-clusters"];
  expect(status).toBe(0);
  for (const option of [...who, "health-lag-seconds", "control", "switch"]) expect(stdout).toContain(`  --${option} `);
});
