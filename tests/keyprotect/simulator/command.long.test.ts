import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { projectRoot } from "../../../tools/engine/paths";
import { Page } from "../../kit/page";
import { closeAfterTest, closeAll, temporaryFolder } from "../../simulator/cleanup";
import { ask } from "../../simulator/https-caller";

afterEach(closeAll);

const command = join(projectRoot, "dist/simulator/main.js");

async function run(...args: string[]): Promise<{ child: ChildProcess; first: Record<string, string> }> {
  const child = spawn(process.execPath, [command, "keyprotect", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  closeAfterTest(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, first: JSON.parse(line) };
}

const endpoint = expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/);
const guid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

test("the first line says where region and IAM are, and with which key; SIGTERM ends them, and all is kept", async () => {
  const state = await temporaryFolder();
  const { child, first } = await run("--state", state);
  expect(first).toEqual({
    endpoint,
    iamEndpoint: first.endpoint,
    apiKey: expect.any(String),
    instance: guid,
    kmipEndpoint: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    fingerprint256: new X509Certificate(`${first.certificate}`).fingerprint256,
    certificate: expect.stringContaining("BEGIN CERTIFICATE"),
  });
  const token = `grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey=${first.apiKey}`;
  const target = { endpoint: `${first.endpoint}`, certificate: first.certificate };
  expect(await ask(target, { path: "/identity/token", body: token })).toMatchObject({ status: 200 });
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  const again = await run("--state", state);
  const elsewhere = { endpoint, iamEndpoint: endpoint, kmipEndpoint: expect.any(String) };
  expect(again.first).toEqual({ ...first, ...elsewhere });
});

test("options give more instances, IAM an address of its own, an API key, a control endpoint and switches", async () => {
  const options = ["--instances", "3", "--iam-listen", "127.0.0.1:0", "--api-key", "key", "--control", "127.0.0.1:0"];
  const switches = ["--propagation-seconds", "7", "--switch", 'instanceHeader="guidOrCrn"'];
  const { first } = await run("--state", await temporaryFolder(), ...options, ...switches);
  expect(first).toMatchObject({ apiKey: "key", instances: [first.instance, guid, guid], iamEndpoint: endpoint });
  expect(first.iamEndpoint).not.toBe(first.endpoint);
  expect(first.iamCertificate).not.toBe(first.certificate);
  const response = await fetch(`${first.control}/switches`);
  expect(await response.json()).toMatchObject({ propagationSeconds: 7, instanceHeader: "guidOrCrn" });
});

test.each([
  ["--listen", "nowhere"],
  ["--iam-listen", "nowhere"],
  ["--kmip-listen", "nowhere"],
  ["--instances", "0"],
  ["--propagation-seconds", "soon"],
  ["--control", "0.0.0.0:0"],
  ["--switch", "noSuchSwitch=1"],
])("%s %s is refused", async (option, value) => {
  const args = [command, "keyprotect", "--state", await temporaryFolder(), option, value];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/--[a-z-]+ |noSuchSwitch/) });
});

test("help names every option", () => {
  const { status, stdout } = spawnSync(process.execPath, [command, "keyprotect", "--help"], { encoding: "utf8" });
  const listening = ["listen", "iam-listen", "kmip-listen", "control"];
  const others = ["state", "api-key", "instances", "propagation-seconds", "switch"];
  expect(status).toBe(0);
  for (const option of [...listening, ...others]) expect(stdout).toContain(`  --${option} `);
});

test("the commands on the example's page start both simulators, and make the files that its settings read", async () => {
  const folder = await temporaryFolder();
  const installed = join(folder, "node_modules/.bin");
  mkdirSync(installed, { recursive: true });
  const start = `#!/bin/sh\nexec '${process.execPath}' '${command}' "$@"\n`;
  writeFileSync(join(installed, "ekm-simulator"), start, { mode: 0o755 });
  const script = new Page("examples/element-on-key-protect/README.md").script("simulators");
  const path = `${dirname(process.execPath)}:${process.env.PATH}`;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", `trap 'kill $(jobs -p); wait' EXIT\nset -e\n${script}`], {
    cwd: folder,
    env: { ...process.env, PATH: path },
    encoding: "utf8",
    timeout: 30_000,
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringMatching(/simulator|rror/) });
  const [cluster, region] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(Object.keys(cluster)).toEqual(expect.arrayContaining(["endpoint", "username", "password", "fingerprint256"]));
  expect(Object.keys(region)).toEqual(expect.arrayContaining(["endpoint", "instance", "apiKey", "control"]));
  const written = (name: string): string => readFileSync(join(folder, name), "utf8").trim();
  expect(written("region.pem")).toBe(region.certificate.trim());
  expect(written("kmip-ca.pem")).toBe(written("region.pem"));
  expect(new X509Certificate(written("client-ca.pem"))).toMatchObject({ ca: true });
  expect(readdirSync(folder)).toContain("client-ca-key.pem");
});
