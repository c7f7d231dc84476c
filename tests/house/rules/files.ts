import { basename, dirname } from "node:path";
import type { Source } from "../sources";

/** What resources have in common is in `key-providers`: standard and trusted ones go one way. */
const RESOURCE_FOLDER = /^provider\/systems\/[^/]+\/(?!api\/|observed\/|key-providers\/)([^/]+)\//;

/** Resources' folders without a description, or without a file of their name. */
export function incompleteFolders(sources: readonly Source[]): string[] {
  const paths = new Set(sources.map(({ path }) => path));
  const folders = new Map(
    [...paths].flatMap((path) => {
      const [folder, name] = RESOURCE_FOLDER.exec(path) ?? [];
      return folder === undefined ? [] : [[folder, name]];
    }),
  );
  return [...folders].flatMap(([folder, name]) =>
    ["resource.ts", `${name}.ts`].filter((file) => !paths.has(folder + file)).map((file) => `${folder} has no ${file}`),
  );
}

/** Files whose name says again what their folder's name says. */
export const repeatedNames = (sources: readonly Source[]): string[] =>
  sources
    .map(({ path }) => path)
    .filter((path) => {
      const [folder, name] = [basename(dirname(path)), basename(path, ".ts")];
      const isOfResource = name === folder && RESOURCE_FOLDER.test(path);
      return !isOfResource && `-${name}-`.includes(`-${folder}-`);
    });

const CRUMB_LINES = 15;

/** Files of a few lines that not even two folders need. Where something begins, nobody imports; what is generated, nobody reads. */
export function crumbs(sources: readonly Source[]): string[] {
  const importers = (target: string) =>
    new Set(sources.filter(({ imports }) => imports.includes(target)).map(({ path }) => dirname(path)));
  return sources
    .filter(({ path, text }) => !/^(index|main)\.ts$/.test(basename(path)) && !text.startsWith("// Made by"))
    .filter(({ text }) => text.split("\n").length <= CRUMB_LINES)
    .map(({ path }) => path)
    .filter((path) => importers(path).size < 2);
}
