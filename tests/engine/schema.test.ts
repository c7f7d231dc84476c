import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../../tools/engine/paths";
import { SCHEMA } from "../../tools/generate/schema/package";

const schema = join(projectRoot, SCHEMA);
const pulumi = (...args: string[]) => promisify(execFile)("pulumi", args, { cwd: folder });
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ekm-schema-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the engine binds the schema of the package without a remark", async () => {
  expect(await pulumi("schema", "check", schema)).toEqual({ stdout: "", stderr: "" });
  const { stdout } = await pulumi("package", "info", schema);
  const { resources, functions } = JSON.parse(readFileSync(schema, "utf8"));
  expect(stdout).toContain(`Total resources ${Object.keys(resources).length}\n`);
  expect(stdout).toContain(`Total functions ${Object.keys(functions).length}\n`);
});

test("a reference that leads nowhere would be remarked on", async () => {
  const broken = readFileSync(schema, "utf8").replaceAll("#/types/ekm:pki:Subject", "#/types/ekm:pki:Nobody");
  const file = join(folder, "broken.json");
  writeFileSync(file, broken);
  const { stdout, stderr } = await pulumi("schema", "check", file).catch((error) => error);
  expect(stdout + stderr).toContain("ekm:pki:Nobody not found");
});
