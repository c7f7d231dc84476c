const { spawnSync } = require("node:child_process");

/** Whether this machine has a Go that builds the client: one that is new enough, or gets itself a newer one. */
function hasGo(environment = process.env) {
  return spawnSync("go", ["list", "-m"], { cwd: __dirname, env: environment, stdio: "ignore" }).status === 0;
}

module.exports = { hasGo };
