import { deepStrictEqual } from "node:assert";
import type { RunningUp } from "../engine/harness";
import { Interception, type Trap } from "./interception";
import type { StackSite } from "./stack-site";

/** A change that is made with one command. */
export interface Operation<S extends StackSite<string> = StackSite<string>> {
  /** The start state. */
  from: StateOf<S>;
  command: "up" | "destroy";
  /** What road.json then says. */
  program(site: S): object;
}

type StateOf<S> = S extends StackSite<infer State> ? State : never;

const UNENDING_SECONDS = 3_600;
export const QUICK_SECONDS = 0.1;
/** Three looks at a rekey: one at once, one in the middle, and the one that sees its end. */
const LOOKS_WHILE_RUNNING = 2;
/** Of hardware encryption two before it changes, one while it does, and then those that see the end. */
const LOOKS_BEFORE_THE_END = 3;

/** How long a rekey, and a change of hardware encryption, last. */
export function lastFor({ cluster }: StackSite<string>, seconds: number): void {
  Object.assign(cluster.switches, { rekeySeconds: seconds, hardwareEncryptionSeconds: seconds });
}

/** Starts an operation from where it begins, with calls that take as long as there are three looks at each job. */
export async function begin<S extends StackSite<string>>(
  site: S,
  operation: Operation<S>,
  trap?: Trap,
  env: NodeJS.ProcessEnv = {},
): Promise<{ interception: Interception; run: RunningUp }> {
  await site.restore(operation.from);
  site.declare(operation.program(site));
  lastFor(site, UNENDING_SECONDS);
  const interception = await Interception.start(trap, (method, ordinal) => {
    site.sent(method);
    if (method === "GetAsyncResult" && ordinal > LOOKS_WHILE_RUNNING)
      site.cluster.switches.rekeySeconds = QUICK_SECONDS;
  });
  site.beforeAnswer = async (method) => {
    await interception.arrived("acted", method);
    const looks = interception.sent.filter((sent) => sent === "GetEncryptionAtRestInfo").length;
    if (looks >= LOOKS_BEFORE_THE_END) site.cluster.switches.hardwareEncryptionSeconds = QUICK_SECONDS;
  };
  const environment = { ...site.environment(), ...interception.environment(), ...env };
  return { interception, run: site.workspace.spawn(operation.command, { env: environment }) };
}

/** One more run has nothing to do. */
export async function assertSettled(site: StackSite<string>, { command }: Pick<Operation, "command">): Promise<void> {
  const args = command === "up" ? ["--expect-no-changes"] : [];
  const { steps } = await site.workspace[command]({ env: site.environment(), args });
  deepStrictEqual(steps, []);
}
