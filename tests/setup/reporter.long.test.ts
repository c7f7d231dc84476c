import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const PASSING = 'it("works", () => {});';

const EXCUSED = [{ folder: "browser", reason: "there is no browser" }];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "suite-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs Jest, reporter and all, over a suite of its own. */
function runSuite(files: Record<string, string>, ...args: string[]) {
  for (const [name, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), source);
  }
  const config = {
    rootDir: folder,
    testMatch: ["<rootDir>/*.test.js"],
    reporters: ["default", [require.resolve("./reporter.ts"), { excused: EXCUSED }]],
    transform: {},
  };
  const jest = join(require.resolve("jest/package.json"), "..", "bin", "jest.js");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [jest, "--config", JSON.stringify(config), "--no-cache", "--runInBand", ...args],
    { encoding: "utf8", cwd: folder },
  );
  return { status, stderr, stdout, lastLine: stdout.trimEnd().split("\n").at(-1) };
}

it("closes a suite that passed with the count", () => {
  const run = runSuite({ "a.test.js": PASSING });
  expect(run).toMatchObject({ status: 0, lastLine: "1 passed, 0 failed" });
});

it("counts failures, and files that cannot be loaded", () => {
  const run = runSuite({
    "a.test.js": `${PASSING} it("fails", () => { throw new Error(); });`,
    "b.test.js": "not JavaScript",
  });
  expect(run).toMatchObject({ status: 1, lastLine: "1 passed, 2 failed" });
});

it.each(["it.skip", "xit", "describe.skip"])("fails a suite with %s in it", (skip) => {
  const skipped =
    skip === "describe.skip" ? `describe.skip("not now", () => { ${PASSING} });` : `${skip}("not now", () => {});`;
  const run = runSuite({ "a.test.js": `it("passes", () => {}); ${skipped}` });
  expect(run).toMatchObject({ status: 1, lastLine: "1 passed, 1 failed" });
  expect(run.stdout).toMatch(/Left out: a\.test\.js: "not now.*" is pending/);
});

it("fails a suite with a test still to be written", () => {
  const run = runSuite({ "a.test.js": `${PASSING} it.todo("later");` });
  expect(run).toMatchObject({ status: 1, lastLine: "1 passed, 1 failed" });
  expect(run.stdout).toContain('"later" is todo');
});

it("fails a suite that misses a test file", () => {
  const run = runSuite({ "a.test.js": PASSING, "b.spec.ts": PASSING });
  expect(run).toMatchObject({ status: 1, lastLine: "1 passed, 1 failed" });
  expect(run.stdout).toContain("Left out: b.spec.ts did not run");
});

it("names a folder that cannot run, and does not fail over it", () => {
  const run = runSuite({ "a.test.js": PASSING, "browser/b.test.js": PASSING });
  expect(run).toMatchObject({ status: 0, lastLine: "1 passed, 0 failed" });
  expect(run.stdout).toContain("Not run: browser, because there is no browser");
});

it("lets a person run some of the tests", () => {
  const files = { "a.test.js": `${PASSING} it.skip("not now", () => {});`, "b.test.js": PASSING };
  expect(runSuite(files, "a.test.js")).toMatchObject({ status: 0, lastLine: "1 passed, 0 failed" });
  expect(runSuite(files, "-t", "works")).toMatchObject({ status: 0, lastLine: "2 passed, 0 failed" });
});

it("fails where one of several patterns finds nothing", () => {
  const run = runSuite({ "a.test.js": PASSING }, "a.test", "c.test");
  expect(run).toMatchObject({ status: 1, lastLine: "1 passed, 1 failed" });
  expect(run.stdout).toContain("Left out: no test file's path has c.test");
});
