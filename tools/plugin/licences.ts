import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../engine/paths";

const NAMED = /^(licen[cs]e|copying|notice)/i;

/** The licences of the packages that files are of, each with its texts. */
export function licencesOf(files: readonly string[]): string {
  const folders = new Set(files.flatMap((file) => packageFolder(file) ?? []));
  return [...folders]
    .sort()
    .map(licenceIn)
    .join(`\n${"-".repeat(80)}\n\n`);
}

/** `node_modules/undici` for any file in it. */
const packageFolder = (file: string): string | undefined =>
  /^(?:[\w-]+:)?(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];

function licenceIn(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(projectRoot, folder, "package.json"), "utf8"));
  const texts = readdirSync(join(projectRoot, folder))
    .filter((file) => NAMED.test(file))
    .map((file) => readFileSync(join(projectRoot, folder, file), "utf8").trim());
  return [`${name} ${version}: ${license}`, ...texts, ""].join("\n\n");
}
