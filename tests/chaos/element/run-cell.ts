import { deepStrictEqual, strictEqual } from "node:assert";
import { assertSettled, begin, lastFor, type Operation, QUICK_SECONDS } from "../begin";
import { type Call, pointsOf } from "../calls";
import { killsEngine, strike } from "../interruptions";
import type { Cell } from "./cells";
import { OPERATIONS, type OperationName } from "./operations";
import { type Picture, pictureOf } from "./picture";
import type { Site } from "./site";

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

/** What docs/cut-off-runs.md tells a user to do. */
async function recover(
  site: Site,
  { command }: Pick<Operation, "command">,
  recovery: Cell["recovery"],
  killed: boolean,
): Promise<void> {
  const { workspace } = site;
  const env = site.environment();
  if (killed) await workspace.cancel();
  if (recovery === "refresh, up") await workspace.refresh({ env, args: ["--clear-pending-creates"] });
  await workspace[command]({ env, args: recovery === "up --refresh" ? ["--refresh"] : [] });
  if (workspace.storedState().pendingOperations.length > 0) {
    await workspace.refresh({ env, args: ["--clear-pending-creates", "--expect-no-changes"] });
  }
}
