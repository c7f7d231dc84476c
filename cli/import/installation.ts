import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import { inShell } from "../../provider/adapters/pulumi/config-command";

const PACKAGE = "pulumi-ekm";

/** What is given to `npm install` in the program's folder, or `undefined` where the program finds its packages already. */
export function toInstall(
  folder: string,
  packages: readonly string[],
  ownFolder = folderOf(PACKAGE),
): string[] | undefined {
  return isInstalled(folder, packages) ? undefined : tarballFor(resolve(folder), ownFolder);
}

/** Whether the program's packages are found from its folder. */
function isInstalled(folder: string, packages: readonly string[]): boolean {
  const { resolve: find } = createRequire(join(resolve(folder), "index.ts"));
  try {
    return packages.every((name) => find(name) !== "");
  } catch {
    return false;
  }
}

/** The file that this package came from, nothing when that was a registry, and a name to fill in when it is not known. */
function tarballFor(folder: string, ownFolder: string): string[] {
  const { version } = JSON.parse(readFileSync(join(ownFolder, "package.json"), "utf8"));
  const unknown = [`PATH/${PACKAGE}-${version}.tgz`];
  const modules = dirname(ownFolder);
  const origin = basename(modules) === "node_modules" ? originIn(modules) : undefined;
  if (origin === undefined) return unknown;
  if (!origin.startsWith("file:")) return [];
  const tarball = resolve(dirname(modules), origin.slice("file:".length));
  return existsSync(tarball) ? [relative(folder, tarball)] : unknown;
}

/** Where npm had this package from; empty where it keeps no addresses of its registry. */
function originIn(modules: string): string | undefined {
  try {
    const { packages } = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8"));
    const own = packages[`node_modules/${PACKAGE}`];
    return own === undefined ? undefined : (own.resolved ?? "");
  } catch {
    return undefined;
  }
}

/** What has npm install the packages that a program in the folder does not find yet. */
export function npmInstall(folder: string, packages: readonly string[]): string[] {
  const install = toInstall(folder, packages);
  return install === undefined ? [] : [["npm install", ...install.map(inShell)].join(" ")];
}

/** What has the engine install the plugin that is in this package, as it is called from a folder. */
export function pluginInstall(folder: string): string[] {
  const own = folderOf(PACKAGE);
  const { version } = require("pulumi-ekm/package.json") as { version: string };
  const plugin = relative(resolve(folder), join(own, "plugin"));
  return [`pulumi plugin install resource ekm ${version} --file ${inShell(plugin)}`];
}

const folderOf = (name: string): string => dirname(require.resolve(`${name}/package.json`));
