/** Freezes the present release: see ../frozen/README.md. */
module.exports = {
  ...require("../../../jest.config.js"),
  rootDir: "../../..",
  testMatch: ["<rootDir>/tests/engine/upgrade/freeze.ts"],
  reporters: ["default"],
};
