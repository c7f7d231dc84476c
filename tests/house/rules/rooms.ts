import type { Source } from "../sources";

const CORE = "provider/core/";
const PKI = "provider/pki/";
const CONNECTIONS = "provider/connections/";
const REGISTRY = "provider/systems/registry.ts";
const LOOKUPS = "provider/systems/lookups.ts";
const PROCESS = "provider/adapters/process/";
const PULUMI = "provider/adapters/pulumi/";
const BELOW_SYSTEMS = [CORE, PKI, CONNECTIONS];

/** What several resources of a system are made of. */
const SHARED = "provider/systems/$1/key-providers/";

/** What only looks at a system: nothing in it writes to one. */
const READING = [
  "provider/systems/*/api/",
  "provider/systems/*/observed/",
  "provider/systems/*/lookups.ts",
  "provider/systems/*/system.ts",
  "provider/systems/*/components.ts",
  "provider/systems/*/errors.ts",
  "provider/systems/*/equality.ts",
  "provider/systems/*/marks.ts",
  "provider/systems/*/wording.ts",
  "provider/systems/*/default-*.ts",
  "provider/systems/*/*/resource.ts",
];

/** The same, as a system's own rooms see it. */
const ownReading = READING.map((pattern) => pattern.replace("*", "$1"));

/**
 * Who may import whom, besides itself. `*` stands for any one name, `$1` for the first name that the room's path has there.
 * A file is in the first room that has it. The tools are in none: they may import everything, and nobody imports them.
 */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  [CORE]: [],
  [PKI]: [CORE],
  [CONNECTIONS]: [CORE, PKI],
  [REGISTRY]: [CORE, "provider/systems/*/*/", "provider/systems/*/system.ts", "provider/systems/*/components.ts"],
  [LOOKUPS]: [CORE, ...READING],
  "provider/systems/*/api/": BELOW_SYSTEMS,
  "provider/systems/*/observed/": [...BELOW_SYSTEMS, ...ownReading],
  "provider/systems/*/lookups.ts": [...BELOW_SYSTEMS, ...ownReading],
  "provider/systems/*/*/": [...BELOW_SYSTEMS, ...ownReading, "provider/systems/$1/*.ts", SHARED],
  "provider/systems/*/*.ts": [...BELOW_SYSTEMS, ...ownReading, "provider/systems/$1/*.ts"],
  [PROCESS]: [CORE, CONNECTIONS, REGISTRY],
  [PULUMI]: [CORE, CONNECTIONS, REGISTRY, LOOKUPS, PROCESS],
  "provider/index.ts": [CORE, PULUMI],
  "kmip/": [],
  "simulator/chassis/": ["kmip/"],
  "simulator/": ["kmip/", "provider/systems/*/api/types.ts", "provider/core/node/"],
  "sdk/": [...BELOW_SYSTEMS, REGISTRY, ...READING, PULUMI],
  "policy/": [CORE, PKI, PULUMI, ...READING, "sdk/"],
  "cli/": [...BELOW_SYSTEMS, REGISTRY, ...READING, PROCESS, PULUMI],
};

/** Imports of what a room does not know. */
export const strayImports = (sources: readonly Source[]): string[] =>
  sources.flatMap(({ path, imports }) => {
    const room = roomOf(path);
    if (room === undefined) return [];
    const isKnown = (target: string) =>
      target.startsWith(room.own) || room.known.some((pattern) => matchOf(pattern, target) !== undefined);
    return imports.filter((target) => !isKnown(target)).map((target) => `${path} imports ${target}`);
  });

interface Room {
  /** With what the paths of its own files begin. */
  own: string;
  /** Patterns of what else it knows. */
  known: string[];
}

function roomOf(path: string): Room | undefined {
  for (const [pattern, known] of Object.entries(ROOMS)) {
    const match = matchOf(pattern, path);
    if (match !== undefined) return { own: match[0], known: known.map((each) => each.replace("$1", match[1] ?? "")) };
  }
  return undefined;
}

/** A pattern that ends in a slash is of all that is below. */
function matchOf(pattern: string, path: string): RegExpExecArray | undefined {
  const text = pattern.replaceAll(".", "\\.").replaceAll("*", "([^/]+)");
  return new RegExp(`^${text}${pattern.endsWith("/") ? "" : "$"}`).exec(path) ?? undefined;
}
