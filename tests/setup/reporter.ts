// Jest loads reporters with a plain require, so Node itself strips the types: only erasable syntax here.
import type { Dirent } from "node:fs";

const { readdirSync, writeSync } = require("node:fs") as typeof import("node:fs");
const { join, relative } = require("node:path") as typeof import("node:path");

interface GlobalConfig {
  rootDir: string;
  nonFlagArgs?: string[];
  testPathPatterns?: { patterns: string[] };
  testNamePattern?: string;
  onlyChanged?: boolean;
  onlyFailures?: boolean;
  findRelatedTests?: boolean;
  shard?: object;
}

interface TestResult {
  testFilePath: string;
  testExecError?: object | null;
  testResults: { fullName: string; status: string }[];
}

interface Options {
  /** Folders whose tests cannot run on this machine, and why. */
  excused?: { folder: string; reason: string }[];
}

/**
 * Fails a run in which anything that exists was left out, or that was asked for what does not exist, and closes the output
 * with the count alone on the last line.
 *
 * What did not pass counts as failed: a skipped test, a test file that could not be loaded or was not run. Folders that
 * are excused are named instead.
 */
class ClosingReporter {
  private readonly config: GlobalConfig;
  private readonly excused: Required<Options>["excused"];
  private leftOut: string[] = [];

  constructor(config: GlobalConfig, { excused = [] }: Options = {}) {
    this.config = config;
    this.excused = excused;
  }

  onRunComplete(_contexts: unknown, { testResults }: { testResults: TestResult[] }): void {
    const tests = testResults.flatMap((file) => file.testResults.map((test) => ({ ...test, file: file.testFilePath })));
    const passed = tests.filter(({ status }) => status === "passed").length;
    const failed = tests.filter(({ status }) => status === "failed").length;
    const unloadable = testResults.filter((file) => file.testExecError && file.testResults.length === 0).length;
    if (this.isFullRun()) {
      const ran = new Set(testResults.map(({ testFilePath }) => testFilePath));
      this.leftOut = [
        ...tests
          .filter(({ status }) => status !== "passed" && status !== "failed")
          .map(({ file, fullName, status }) => `${relative(this.config.rootDir, file)}: "${fullName}" is ${status}`),
        ...testFilesBelow(this.config.rootDir)
          .filter((file) => !ran.has(file))
          .map((file) => relative(this.config.rootDir, file))
          .filter((file) => !this.excused.some(({ folder }) => file.startsWith(`${folder}/`)))
          .map((file) => `${file} did not run`),
      ];
    }
    this.leftOut.push(...this.patternsOfNothing().map((pattern) => `no test file's path has ${pattern}`));
    if (tests.length === 0) {
      this.leftOut.push("no test ran at all");
    }
    const notPassed = failed + unloadable + this.leftOut.length;
    const lines = [
      ...this.excused.map(({ folder, reason }) => `Not run: ${folder}, because ${reason}`),
      ...this.leftOut.map((what) => `Left out: ${what}`),
      `${passed} passed, ${notPassed} failed`,
    ];
    // At exit, for Jest has more to say after its reporters.
    process.once("exit", () => writeSync(1, `\n${lines.join("\n")}\n`));
  }

  /** Makes the run a failure. */
  getLastError(): Error | undefined {
    return this.leftOut.length === 0 ? undefined : new Error(this.leftOut.join("\n"));
  }

  /** Of several patterns, one that finds nothing would pass unnoticed. */
  private patternsOfNothing(): string[] {
    const { rootDir, testPathPatterns, findRelatedTests } = this.config;
    // Sources are named then, and not tests.
    if (findRelatedTests) return [];
    const files = testFilesBelow(rootDir);
    return (testPathPatterns?.patterns ?? []).filter((pattern) => {
      const named = new RegExp(pattern, "i");
      return !files.some((file) => named.test(file));
    });
  }

  /** Whoever asks for some tests has the others left out on purpose. */
  private isFullRun(): boolean {
    const { nonFlagArgs, testPathPatterns, ...config } = this.config;
    const narrowed = [
      config.testNamePattern,
      config.onlyChanged,
      config.onlyFailures,
      config.findRelatedTests,
      config.shard,
    ];
    return !nonFlagArgs?.length && !testPathPatterns?.patterns.length && !narrowed.some(Boolean);
  }
}

const TEST_FILE = /\.(test|spec)\.[cm]?[jt]sx?$/;
const NOT_OURS = new Set(["node_modules", "dist"]);

/** Found without Jest's help, so that a pattern which misses some is noticed. */
function testFilesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry: Dirent) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return NOT_OURS.has(entry.name) || entry.name.startsWith(".") ? [] : testFilesBelow(path);
    }
    return TEST_FILE.test(entry.name) ? [path] : [];
  });
}

module.exports = ClosingReporter;
