import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { goBuild } from "../../../tools/engine/build";
import { versionOf } from "../../../tools/engine/executables";
import { withoutSecrets } from "../../../tools/environment";

const CANARY = "canary-4f7a1c";
const SECRETS = [
  "PULUMI_CONFIG_PASSPHRASE",
  "PULUMI_ACCESS_TOKEN",
  "EKM_CLUSTERS",
  "AWS_SECRET_ACCESS_KEY",
  "GITHUB_TOKEN",
  "DB_PASSWORD",
  "NPM_CONFIG__AUTH",
];

const before = { ...process.env };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "environment-"));
  for (const name of SECRETS) process.env[name] = CANARY;
  process.env.GOPRIVATE = "kept";
  process.env.PATH = [folder, before.PATH].join(delimiter);
});

afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true, force: true });
});

/** An executable that only writes down its environment. */
function spy(name: string): () => string {
  const file = join(folder, "environment");
  writeFileSync(join(folder, name), `#!/bin/sh\nenv > '${file}'\n`, { mode: 0o755 });
  return () => readFileSync(file, "utf8");
}

test.each([
  ["pulumi", () => versionOf(join(folder, "pulumi"))],
  ["go", () => goBuild.supply(folder, () => {})],
])("%s is started without what may be a secret", async (name, start) => {
  const environment = spy(name);
  mkdirSync(join(folder, "bin"));
  await start();
  expect(environment()).toContain("GOPRIVATE=kept");
  expect(environment()).not.toContain(CANARY);
});

test("nothing but what may be a secret is taken from an environment", () => {
  const harmless = { PATH: "/bin", HOME: "/root", GOPRIVATE: "example.com", NODE_OPTIONS: "", HTTPS_PROXY: "http://p" };
  const secrets = Object.fromEntries(SECRETS.map((name) => [name, CANARY]));
  expect(withoutSecrets({ ...harmless, ...secrets })).toEqual(harmless);
});
