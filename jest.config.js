const { findChromium } = require("./tests/browser/find-chromium.js");
const { hasGo } = require("./tests/interop/key-protect/go-client/find-go.js");

/** What a user's machine need not have: a run without it leaves some tests out and says so. Continuous integration has all. */
const needed = [
  {
    folder: "tests/browser",
    isThere: () => findChromium() !== undefined,
    reason: "there is no Chromium: install one (on Debian, apt-get install chromium), or name it in CHROMIUM",
  },
  ...[
    "tests/engine/languages",
    "tests/interop/key-protect/go-client",
    "tests/interop/vsphere/govc",
    "tests/interop/vsphere/vcsim",
  ].map((folder) => ({
    folder,
    isThere: () => hasGo(),
    reason: "there is no Go of version 1.26.4 or newer on PATH",
  })),
];

const excused = process.env.CI
  ? []
  : needed.filter(({ isThere }) => !isThere()).map(({ folder, reason }) => ({ folder, reason }));

/** @type {import("jest").Config} */
module.exports = {
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/examples/", "<rootDir>/tests/engine/.workspaces/"],
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
