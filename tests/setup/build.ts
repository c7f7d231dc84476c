import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, normalize, relative } from "node:path";

/** What the compiler noted of its last build. */
interface BuildInfo {
  /** Relative to the folder of the note. */
  fileNames: string[];
  fileInfos: (string | { version: string })[];
}

export interface BuildProblem {
  kind: "missing" | "stale";
  /** One line, for whoever runs the tests. */
  message: string;
}

/**
 * Why the compiled code is not that of the sources: many tests start it in processes of their own, and would wait for what
 * is not there, or fail by what is no longer so. Contents are compared, for a checkout changes times alone.
 */
export function buildProblem(root: string): BuildProblem | undefined {
  const note = join(root, "dist", ".tsbuildinfo");
  if (!existsSync(note)) {
    return { kind: "missing", message: "There is no build, which many tests start: npm run build" };
  }
  const built = versionsIn(JSON.parse(readFileSync(note, "utf8")));
  const files = new Set([...sourcesBelow(root), ...built.keys()]);
  const differing = [...files].filter((file) => built.get(file) !== versionOf(join(root, file)));
  if (differing.length === 0) return undefined;
  const [first = "", ...others] = differing.sort();
  const more = others.length === 0 ? "" : ` and ${others.length} more`;
  const message = `The build is not that of ${first}${more}; tests that start it run what was built before: npm run build`;
  return { kind: "stale", message };
}

function versionsIn({ fileNames, fileInfos }: BuildInfo): Map<string, string> {
  const versions = new Map<string, string>();
  for (const [index, name] of fileNames.entries()) {
    const file = normalize(join("dist", name));
    const info = fileInfos[index];
    if (info === undefined || !isSource(file)) continue;
    versions.set(file, typeof info === "string" ? info : info.version);
  }
  return versions;
}

/** As the compiler names the version of a file. */
function versionOf(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  return createHash("sha256").update(readFileSync(path, "utf8")).digest("hex");
}

/** What the compiler's settings have it compile. */
function sourcesBelow(root: string): string[] {
  const { include } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")) as { include: string[] };
  return include
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter(isSource);
}

const isSource = (file: string): boolean =>
  /\.ts$/.test(file) && !/\.(d|test)\.ts$/.test(file) && !/(^|\/)node_modules\//.test(file) && !file.startsWith("..");
