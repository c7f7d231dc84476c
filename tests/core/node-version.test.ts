import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { nodeVersionError } from "../../provider/core/node/version";
import { projectRoot } from "../../tools/engine/paths";

test.each([
  ["20.20.2", true],
  ["22.18.0", true],
  ["9.99.0", true],
  ["22.19.0", false],
  ["22.20.1", false],
  ["24.0.0", false],
  ["100.0.0", false],
])("Node %s is too old: %j", (version, isTooOld) => {
  expect(nodeVersionError(version, ">=22.19") !== undefined).toBe(isTooOld);
});

const OLD_NODE = join(__dirname, "old-node.js");
const SAID =
  "EKM_NODE_VERSION: this is Node 20.20.2, and pulumi-ekm needs 22.19 or newer: put such a Node first in PATH.\n";

/** What a Node says that takes itself for an old one, and which modules it loads. */
async function onOldNode(...args: string[]): Promise<string> {
  const run = promisify(execFile)(process.execPath, ["--require", OLD_NODE, ...args], { cwd: projectRoot });
  const { code, stdout, stderr } = await run.then(
    () => ({ code: 0, stdout: "", stderr: "" }),
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  expect(code).toBe(1);
  expect(stdout).toBe("loaded: display.js, errors.js, package.json, version.js, words.js\n");
  return stderr;
}

test.each(["cli", "simulator"])("on an old Node the command of %s says so, and loads nothing else", async (folder) => {
  expect(await onOldNode(join("dist", folder, "main.js"), "--help")).toBe(SAID);
});

test.each(["pulumi-ekm", "pulumi-ekm/provider", "pulumi-ekm/policy", "pulumi-ekm/simulator"])(
  "on an old Node %s says so to whoever loads it, and loads nothing else",
  async (entry) => {
    const load = `try { require("${entry}") } catch (error) { console.error(error.message); process.exitCode = 1; }`;
    expect(await onOldNode("--eval", load)).toBe(SAID);
  },
);
