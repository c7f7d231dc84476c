// Jest loads sequencers with a plain require, so Node itself strips the types: only erasable syntax here.
const { default: TestSequencer } = require("@jest/test-sequencer") as typeof import("@jest/test-sequencer");

type Tests = Parameters<InstanceType<typeof TestSequencer>["sort"]>[0];

/** Runs of the real engine take longest, whatever the size of their files, by which Jest goes on a new machine. */
const LONG = /\/tests\/(chaos|engine)\//;

/** Begins with the longest tests, so that no worker is left with one when the others are done. */
class LongestFirst extends TestSequencer {
  override sort(tests: Tests): Tests {
    const sorted = super.sort(tests) as Tests;
    return [...sorted.filter(({ path }) => LONG.test(path)), ...sorted.filter(({ path }) => !LONG.test(path))];
  }
}

module.exports = LongestFirst;
