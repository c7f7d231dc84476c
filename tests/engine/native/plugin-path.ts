import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";

const PACKED = join(projectRoot, "plugin/pulumi-resource-ekm");

/** Puts the plugin into a folder: as it is packed, or another main file of it. */
export function putPlugin(folder: string, main = PACKED): void {
  const executable = join(folder, "pulumi-resource-ekm");
  mkdirSync(folder, { recursive: true });
  writeFileSync(executable, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  chmodSync(executable, 0o755);
}

/** Puts the plugin into a folder inside another. @returns a PATH on which an engine finds it */
export function pathWithPlugin(folder: string): string {
  const bin = join(folder, "bin");
  putPlugin(bin);
  return `${bin}${delimiter}${process.env.PATH}`;
}
