import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";

const MAIN = join(projectRoot, "dist/provider/adapters/pulumi/native/main.js");

/** Puts the plugin, as it was built last, into a folder. @returns a PATH on which an engine finds it */
export function pathWithPlugin(folder: string): string {
  const bin = join(folder, "bin");
  const executable = join(bin, "pulumi-resource-ekm");
  mkdirSync(bin, { recursive: true });
  writeFileSync(executable, `#!/bin/sh\nexec "${process.execPath}" "${MAIN}" "$@"\n`);
  chmodSync(executable, 0o755);
  return `${bin}${delimiter}${process.env.PATH}`;
}
