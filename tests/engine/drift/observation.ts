import type { CommandResult } from "../harness";

/** What a preview with refresh says of resources, and of no other ones. */
export interface Drift {
  /** Outputs that are not as state has them. */
  found: Readonly<Record<string, string[] | "gone">>;
  /** Inputs that the program has otherwise, or that the resource is to be created. */
  planned: Readonly<Record<string, string[] | "create">>;
}

export const NOTHING: Drift = { found: {}, planned: {} };

export const driftOf = ({ findings, steps }: CommandResult): Drift => ({
  found: Object.fromEntries(findings.map(({ name, gone, differing }) => [name, gone ? "gone" : shown(differing)])),
  planned: Object.fromEntries(
    steps
      .filter(({ op }) => op !== "refresh")
      .map(({ name, op, differing }) => [name, op === "update" ? shown(differing) : (op as "create")]),
  ),
});

/** The engine shows no property whose name begins so. */
const shown = (properties: string[]): string[] => properties.filter((name) => !name.startsWith("__"));

/** What lifecycles have refused or failed to do, in the engine's words around their own, by resource. */
export const errorsOf = ({ diagnostics }: CommandResult): { name: string; message: string }[] =>
  diagnostics.flatMap(({ severity, urn = "", message }) => {
    const [said] = /EKM_[A-Z_]+: .*/.exec(message) ?? [];
    return severity === "error" && said ? { name: urn.slice(urn.lastIndexOf("::") + 2), message: said } : [];
  });

/** The same, each once. */
export const errorsIn = (result: CommandResult): string[] => [
  ...new Set(errorsOf(result).map(({ message }) => message)),
];
