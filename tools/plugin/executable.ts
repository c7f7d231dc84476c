import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../engine/paths";
import { bundleWhole, EXECUTABLE } from "./bundle";

/** By which a Node looks whether it has a program inside. */
const FUSE = "NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2";

/** Makes one executable of the plugin and this Node, for machines without Node. @returns its path */
export async function makeExecutable(folder = join(projectRoot, "dist/executable")): Promise<string> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const main = await bundleWhole(folder);
  const blob = join(folder, "program.blob");
  const settings = join(folder, "settings.json");
  writeFileSync(
    settings,
    JSON.stringify({ main, output: blob, disableExperimentalSEAWarning: true, useCodeCache: true }),
  );
  execFileSync(process.execPath, ["--experimental-sea-config", settings], { stdio: "pipe" });
  const executable = join(folder, process.platform === "win32" ? `${EXECUTABLE}.exe` : EXECUTABLE);
  copyFileSync(process.execPath, executable);
  chmodSync(executable, 0o755);
  const { inject } = require("postject");
  const segment = process.platform === "darwin" ? { machoSegmentName: "NODE_SEA" } : {};
  await inject(executable, "NODE_SEA_BLOB", readFileSync(blob), { sentinelFuse: FUSE, ...segment });
  if (process.platform === "darwin") execFileSync("codesign", ["--sign", "-", "--force", executable]);
  for (const file of [main, blob, settings]) rmSync(file);
  return executable;
}
