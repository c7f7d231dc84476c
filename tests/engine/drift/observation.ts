import type { CommandResult } from "../harness";

/** What a preview with refresh says of resources, by name. */
export interface Drift {
  /** Outputs that are not as state has them. */
  found: Record<string, string[] | "gone">;
  /** Inputs that the program has otherwise. */
  planned: Record<string, string[] | "create">;
}

export const driftOf = ({ findings, steps }: CommandResult): Drift => ({
  found: Object.fromEntries(findings.map(({ name, gone, differing }) => [name, gone ? "gone" : shown(differing)])),
  planned: Object.fromEntries(
    steps.map(({ name, op, differing }) => [name, op === "update" ? shown(differing) : (op as "create")]),
  ),
});

/** The engine shows no property whose name begins so. */
const shown = (properties: string[]): string[] => properties.filter((name) => !name.startsWith("__"));

/** What lifecycles have refused or failed to do, in the engine's words around their own. */
export const errorsIn = ({ diagnostics }: CommandResult): string[] => [
  ...new Set(
    diagnostics.flatMap(({ severity, message }) =>
      severity === "error" ? (/EKM_[A-Z_]+: .*/.exec(message)?.[0] ?? []) : [],
    ),
  ),
];
