import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";

const MAIN = join(projectRoot, "dist/provider/adapters/pulumi/native/main.js");

/** Puts the plugin, as it was built last, into a folder. */
export function putPlugin(folder: string): void {
  const executable = join(folder, "pulumi-resource-ekm");
  mkdirSync(folder, { recursive: true });
  writeFileSync(executable, `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  chmodSync(executable, 0o755);
}

/** Puts the plugin into a folder inside another. @returns a PATH on which an engine finds it */
export function pathWithPlugin(folder: string): string {
  const bin = join(folder, "bin");
  putPlugin(bin);
  return `${bin}${delimiter}${process.env.PATH}`;
}
