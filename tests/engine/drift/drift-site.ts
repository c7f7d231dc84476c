import type { CommandOptions, CommandResult, Workspace } from "../harness";

/** Where rows begin: a stack and the system that it is about, both of which go back to a start state. */
export interface DriftSite<State extends string = string> {
  readonly workspace: Workspace;
  restore(state: State): Promise<void>;
  preview(expected?: AuditEnd): Promise<CommandResult>;
  up(options?: { fails?: boolean }): Promise<CommandResult>;
  /** What was asked of the system since the last restore, by its methods. */
  asked(): string[];
  /** The methods called so far that change the system, in order. */
  writes(): string[];
  /** What the system's own records say. */
  picture(): object;
  /** Makes sure that whoever needs a key can have it. */
  expectKeys(): Promise<void>;
  /** What is another one at each site, and what the page has in its place. */
  readonly accidents: Record<string, string>;
  close(): Promise<void>;
}

export type StateOf<S extends DriftSite> = S extends DriftSite<infer State> ? State : never;

/** Of `preview --expect-no-changes`. */
const EXIT_CODES = { "no drift": 0, error: 1, drift: 7 };
export type AuditEnd = keyof typeof EXIT_CODES;

/** What the auditor runs every night. */
export async function audit(
  workspace: Workspace,
  env: CommandOptions["env"],
  expected: AuditEnd = "no drift",
): Promise<CommandResult> {
  const args = ["--refresh", "--diff", "--expect-no-changes"];
  const result = await workspace.preview({ args, env, expectFailure: expected !== "no drift" });
  if (result.exitCode !== EXIT_CODES[expected]) throw new Error(`exit code ${result.exitCode}\n${result.stdout}`);
  return result;
}
