import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EXECUTABLE, PLUGIN } from "../../../tools/plugin/bundle";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ekm-start-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("refuses a Node that is too old in words of its own", () => {
  const pretence = join(folder, "older.js");
  writeFileSync(pretence, 'Object.defineProperty(process.versions, "node", { value: "20.19.0" });');
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--require", pretence, join(PLUGIN, EXECUTABLE)], {
    encoding: "utf8",
  });
  expect(stderr).toBe(
    "EKM_NODE_VERSION: this is Node 20.19.0, and pulumi-ekm needs 22.19 or newer: put such a Node first in PATH.\n",
  );
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
});
