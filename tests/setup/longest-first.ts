// Jest loads sequencers with a plain require, so Node itself strips the types: only erasable syntax here.
const { default: TestSequencer } = require("@jest/test-sequencer") as typeof import("@jest/test-sequencer");

type Tests = Parameters<InstanceType<typeof TestSequencer>["sort"]>[0];

/**
 * Runs of the real engine take longest, then the units that are named long, whatever the size of their files, by which Jest
 * goes on a new machine.
 */
const LONG = [/\/tests\/(chaos|engine)\//, /\.long\.test\.ts$/];

/** Begins with the longest tests, so that no worker is left with one when the others are done. */
class LongestFirst extends TestSequencer {
  override sort(tests: Tests): Tests {
    const sorted = super.sort(tests) as Tests;
    const rank = (path: string) => [...LONG, /./].findIndex((pattern) => pattern.test(path));
    return sorted.toSorted((one, other) => rank(one.path) - rank(other.path));
  }
}

module.exports = LongestFirst;
