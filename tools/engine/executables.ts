import { execFile } from "node:child_process";
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { withoutSecrets } from "../environment";

/** What an engine needs next to itself to run Node programs with dynamic providers. */
export const COMPANIONS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/** The first executable called `name` in the folders of `path`. */
export function findExecutable(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** The companions that the engine at `pulumi` would find neither beside itself nor on `path`. */
export function missingCompanions(pulumi: string, path: string): string[] {
  const folders = [dirname(pulumi), dirname(realpathSync(pulumi)), path].join(delimiter);
  return COMPANIONS.filter((name) => findExecutable(name, folders) === undefined);
}

/** The version that the engine at `pulumi` calls itself, found by running it. Rejects when it cannot be run. */
export async function versionOf(pulumi: string): Promise<string> {
  const { stdout } = await promisify(execFile)(pulumi, ["version"], {
    env: { ...withoutSecrets(), PULUMI_SKIP_UPDATE_CHECK: "true" },
    timeout: 30_000,
  });
  return stdout.trim().replace(/^v/, "");
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
