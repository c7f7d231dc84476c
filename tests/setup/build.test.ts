import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { projectRoot } from "../../tools/engine/paths";
import { buildProblem } from "./build";

let root: string;

const write = (file: string, text: string) => writeFileSync(join(root, file), text);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "build-"));
  cpSync(join(projectRoot, "tsconfig.json"), join(root, "tsconfig.json"));
  const { include } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")) as { include: string[] };
  for (const folder of include) mkdirSync(join(root, folder), { recursive: true });
  write("cli/main.ts", 'export { answer } from "../tests/answer";\n');
  write("tests/answer.ts", "export const answer = 42;\n");
  write("tests/bench/own.test.ts", "");
});

afterEach(() => rmSync(root, { recursive: true }));

/** Compiles by the project's own settings, but for its types. */
function build(): void {
  const { options, fileNames } = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    { types: [], noLib: true },
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} },
  ) as ts.ParsedCommandLine;
  ts.createIncrementalProgram({ rootNames: fileNames, options }).emit();
}

test("what was never built is missing", () => {
  expect(buildProblem(root)).toEqual({
    kind: "missing",
    message: "There is no build, which many tests start: npm run build",
  });
});

test("a build of the sources as they are is in order, whatever their times say", () => {
  build();
  write("cli/main.ts", 'export { answer } from "../tests/answer";\n');
  expect(buildProblem(root)).toBeUndefined();
});

test.each<[what: string, change: () => void, named: string]>([
  ["a source has changed", () => write("cli/main.ts", ""), "cli/main.ts"],
  [
    "what a source imports has changed",
    () => write("tests/answer.ts", "export const answer = 7;\n"),
    "tests/answer.ts",
  ],
  ["a source was added", () => write("kmip/new.ts", ""), "kmip/new.ts"],
  ["a source is gone", () => rmSync(join(root, "cli/main.ts")), "cli/main.ts"],
  ["two were added", () => ["kmip/a.ts", "kmip/b.ts"].map((file) => write(file, "")), "kmip/a.ts and 1 more"],
])("a build is stale when %s", (_, change, named) => {
  build();
  change();
  expect(buildProblem(root)).toEqual({
    kind: "stale",
    message: `The build is not that of ${named}; tests that start it run what was built before: npm run build`,
  });
});

test("a test that has changed makes no build stale", () => {
  build();
  write("tests/bench/own.test.ts", "test.todo");
  expect(buildProblem(root)).toBeUndefined();
});
