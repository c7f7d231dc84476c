const { findChromium } = require("./tests/browser/find-chromium.js");

/** Where there is no browser, a user's run leaves the tests in one out and says so. Continuous integration has one. */
const excused =
  findChromium() !== undefined || process.env.CI
    ? []
    : [
        {
          folder: "tests/browser",
          reason: "there is no Chromium: install one (on Debian, apt-get install chromium), or name it in CHROMIUM",
        },
      ];

/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/tests/engine/.workspaces/"],
  testPathIgnorePatterns: ["/node_modules/", ...excused.map(({ folder }) => `<rootDir>/${folder}/`)],
  transform: {
    "\\.ts$": [
      "@swc/jest",
      {
        jsc: { parser: { syntax: "typescript" }, target: "es2023" },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
  globalSetup: "<rootDir>/tests/setup/global-setup.ts",
  testSequencer: "<rootDir>/tests/setup/longest-first.ts",
  reporters: ["default", ["<rootDir>/tests/setup/reporter.ts", { excused }]],
  // One more than processors: each waits now and then for a simulated cluster.
  maxWorkers: 3,
  testTimeout: 60_000,
};
