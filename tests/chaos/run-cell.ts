import { deepStrictEqual, strictEqual } from "node:assert";
import type { RunningUp } from "../engine/harness";
import { type Call, type Cell, pointsOf } from "./cells";
import { Interception, type Trap } from "./interception";
import { killsEngine, strike } from "./interruptions";
import { OPERATIONS, type Operation, type OperationName } from "./operations";
import { type Picture, pictureOf } from "./picture";
import type { Site } from "./site";

const UNENDING_SECONDS = 3_600;
export const QUICK_SECONDS = 0.1;
/** Three looks at a rekey: one at once, one in the middle, and the one that sees its end. */
const LOOKS_WHILE_RUNNING = 2;
/** Of hardware encryption two before it changes, one while it does, and then those that see the end. */
const LOOKS_BEFORE_THE_END = 3;

/** What an operation does when nobody interrupts it. */
export interface Course {
  points: Call[];
  picture: Picture;
}

/** Runs an operation to its end. */
export async function courseOf(site: Site, name: OperationName): Promise<Course> {
  const { interception, run } = await begin(site, OPERATIONS[name]);
  const { exitCode, stdout } = await run.ended;
  await interception.close();
  strictEqual(exitCode, 0, stdout);
  await assertSettled(site, OPERATIONS[name]);
  return { points: pointsOf(interception.sent), picture: await pictureOf(site) };
}

/**
 * Interrupts an operation, recovers as a user would, and compares what there is with what an uninterrupted one leaves.
 *
 * @throws what is not as it must be
 */
export async function runCell(site: Site, cell: Cell, picture: Picture): Promise<void> {
  const { operation: name, call, moment, interruption, recovery } = cell;
  const begun = await begin(site, OPERATIONS[name], {
    call,
    moment,
    spring: async (providerPid) => {
      lastFor(site, QUICK_SECONDS);
      await strike[interruption]({ site, run: begun.run, providerPid });
    },
  });
  try {
    const { stdout } = await begun.run.ended;
    strictEqual(begun.interception.sprung, true, `${call.method} #${call.ordinal} was never reached\n${stdout}`);
    await site.inService();
    await recover(site, OPERATIONS[name], recovery, killsEngine(interruption));
  } finally {
    await begun.interception.close();
  }
  await assertSettled(site, OPERATIONS[name]);
  deepStrictEqual(await pictureOf(site), picture);
}

/** How long a rekey, and a change of hardware encryption, last. */
export function lastFor({ cluster }: Site, seconds: number): void {
  Object.assign(cluster.switches, { rekeySeconds: seconds, hardwareEncryptionSeconds: seconds });
}

/** Starts an operation from where it begins, with calls that take as long as there are three looks at each job. */
export async function begin(
  site: Site,
  operation: Operation,
  trap?: Trap,
): Promise<{ interception: Interception; run: RunningUp }> {
  await site.restore(operation.from);
  site.declare(operation.program(site));
  lastFor(site, UNENDING_SECONDS);
  const interception = await Interception.start(trap, (method, ordinal) => {
    if (method === "GetAsyncResult" && ordinal > LOOKS_WHILE_RUNNING)
      site.cluster.switches.rekeySeconds = QUICK_SECONDS;
  });
  site.beforeAnswer = async (method) => {
    await interception.arrived("acted", method);
    const looks = interception.sent.filter((sent) => sent === "GetEncryptionAtRestInfo").length;
    if (looks >= LOOKS_BEFORE_THE_END) site.cluster.switches.hardwareEncryptionSeconds = QUICK_SECONDS;
  };
  const env = { ...site.environment(), ...interception.environment() };
  return { interception, run: site.workspace.spawn(operation.command, { env }) };
}

/** What docs/cut-off-runs.md tells a user to do. */
async function recover(site: Site, { command }: Operation, recovery: Cell["recovery"], killed: boolean): Promise<void> {
  const { workspace } = site;
  const env = site.environment();
  if (killed) await workspace.cancel();
  if (recovery === "refresh, up") await workspace.refresh({ env, args: ["--clear-pending-creates"] });
  await workspace[command]({ env, args: recovery === "up --refresh" ? ["--refresh"] : [] });
  if (workspace.storedState().pendingOperations.length > 0) {
    await workspace.refresh({ env, args: ["--clear-pending-creates", "--expect-no-changes"] });
  }
}

/** One more run has nothing to do. */
export async function assertSettled(site: Site, { command }: Pick<Operation, "command">): Promise<void> {
  const args = command === "up" ? ["--expect-no-changes"] : [];
  const { steps } = await site.workspace[command]({ env: site.environment(), args });
  deepStrictEqual(steps, []);
}
