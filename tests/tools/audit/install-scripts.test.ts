import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";

interface Package {
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  hasInstallScript?: boolean;
  scripts?: Record<string, string>;
}

const read = (file: string) => JSON.parse(readFileSync(join(projectRoot, file), "utf8"));
const packages: Record<string, Package> = read("package-lock.json").packages;
const allowed: Record<string, string> = read("tools/audit/install-scripts.json");

const nameOf = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

const scripted = Object.entries(packages)
  .filter(([, { hasInstallScript }]) => hasInstallScript)
  .map(([path]) => nameOf(path));

/** Paths in the lock file of what `names` bring with them when `from` asks for them. */
function treeOf(names: string[], from = "", found = new Set<string>()): Set<string> {
  for (const name of names) {
    const path = resolved(name, from);
    if (path === undefined || found.has(path)) continue;
    found.add(path);
    const { dependencies, optionalDependencies } = packages[path] ?? {};
    treeOf(Object.keys({ ...dependencies, ...optionalDependencies }), path, found);
  }
  return found;
}

/** As Node looks it up: in the folder of who asks, then in those above it. */
function resolved(name: string, from: string): string | undefined {
  const path = [from, "node_modules", name].filter(Boolean).join("/");
  if (packages[path] !== undefined) return path;
  return from === "" ? undefined : resolved(name, from.slice(0, Math.max(0, from.lastIndexOf("node_modules/") - 1)));
}

test("every dependency that runs a script when it is installed is on the list, with the reason", () => {
  expect(scripted.filter((name) => allowed[name] === undefined)).toEqual([]);
});

test("the list has nothing that is gone, and the page on security has all of it", () => {
  expect(Object.keys(allowed).filter((name) => !scripted.includes(name))).toEqual([]);
  const page = readFileSync(join(projectRoot, "SECURITY.md"), "utf8");
  for (const [name, reason] of Object.entries(allowed)) expect(page).toContain(`| \`${name}\` | ${reason} |`);
});

test("what users of the package get runs nothing when it is installed", () => {
  const { dependencies = {}, devDependencies = {} } = packages[""] ?? {};
  const tree = [...treeOf(Object.keys(dependencies))];
  expect(tree.map(nameOf).sort()).toEqual(["node-forge", "saxes", "undici", "xmlchars"]);
  const withScripts = (paths: string[]) => paths.map(nameOf).filter((name) => scripted.includes(name));
  expect(withScripts(tree)).toEqual([]);
  // The same walk finds them where there are some.
  expect(withScripts([...treeOf(Object.keys(devDependencies))]).sort()).toEqual([...new Set(scripted)].sort());
});

test("the package itself runs nothing when it is installed", () => {
  const { scripts = {} } = read("package.json") as Package;
  expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^(pre|post)?prepare$/.test(name))).toEqual([]);
  // npm would compile what this file describes.
  expect(existsSync(join(projectRoot, "binding.gyp"))).toBe(false);
});
