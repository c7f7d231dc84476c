import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { isDeepStrictEqual } from "node:util";
import type { CommandResult } from "../engine/harness";
import { assertSettled, begin, lastFor, type Operation, QUICK_SECONDS } from "./begin";
import type { Call, Moment } from "./calls";
import type { Ending, Way } from "./endings";
import { type Interruption, killsEngine, strike } from "./interruptions";
import type { FinishableSite } from "./stack-site";

/** Runs an operation to its end; gives the methods that it calls. */
export async function walk<S extends FinishableSite<string>>(
  site: S,
  operation: Operation<S>,
): Promise<readonly string[]> {
  const { interception, run } = await begin(site, operation);
  const { exitCode, stdout } = await run.ended;
  await interception.close();
  strictEqual(exitCode, 0, stdout);
  return interception.sent;
}

/** What is left when nobody interrupts anything: after what is done instead alone, and after the operation and then that. */
export async function referencesOf<S extends FinishableSite<string>>(
  site: S,
  operation: Operation<S>,
  ending: Ending<S>,
): Promise<object[]> {
  const references: object[] = [];
  for (const isWalked of ending.leaves === "either" ? [false, true] : [false]) {
    if (isWalked) await walk(site, operation);
    else await site.restore(operation.from);
    lastFor(site, QUICK_SECONDS);
    site.declare(ending.program(site));
    await ending.prepared?.(site);
    await site.workspace[ending.command]({ env: site.environment() });
    references.push(await site.outcome());
  }
  return references;
}

/** A run that is cut off at one point, and how it is finished. */
export interface Cut<S extends FinishableSite<string>> {
  operation: Operation<S>;
  call: Call;
  moment: Moment;
  interruption: Interruption;
  ending: Ending<S>;
  /** Of the run that is cut off. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Cuts an operation off, finishes it, and compares what is left with what there would be without the cut.
 *
 * @returns by which way it was finished
 * @throws what is not as it must be
 */
export async function runFinish<S extends FinishableSite<string>>(
  site: S,
  { operation, call, moment, interruption, ending, env }: Cut<S>,
  references: readonly object[],
): Promise<Way> {
  const spring = async (providerPid: number) => {
    lastFor(site, QUICK_SECONDS);
    await strike[interruption]({ site, run: begun.run, providerPid });
  };
  const begun = await begin(site, operation, { call, moment, spring }, env);
  const before = rekeysOf(site);
  let way: Way;
  try {
    const { stdout, exitCode } = await begun.run.ended;
    strictEqual(begun.interception.sprung, true, `${call.method} #${call.ordinal} was never reached\n${stdout}`);
    await site.inService();
    if (killsEngine(interruption)) await site.workspace.cancel();
    site.declare(ending.program(site));
    await ending.prepared?.(site);
    way = await finished(site, ending, exitCode === 0);
  } finally {
    await begun.interception.close();
  }
  await assertSettled(site, ending);
  const outcome = await site.outcome();
  if (!references.some((reference) => isDeepStrictEqual(outcome, reference)))
    deepStrictEqual(outcome, references.at(-1));
  const rekeys = rekeysOf(site) - before;
  ok(rekeys <= ending.mostRekeys, `${rekeys} rekeys, where ${ending.mostRekeys} would do`);
  return way;
}

/**
 * Runs the command, and before it an `up` where that is allowed and is what people are told to do.
 *
 * @param isWhole the operation came to its end in spite of what befell it
 */
async function finished<S extends FinishableSite<string>>(site: S, ending: Ending<S>, isWhole: boolean): Promise<Way> {
  const { command, mayNeedUp, tried } = ending;
  const { workspace } = site;
  const env = site.environment();
  if (tried !== undefined) await workspace.spawn("up", { env, args: tried(site) }).ended;
  // A provider is asked for nothing where state has nothing of the systems: the engine warns of pending operations, and the
  // README says what to do then.
  const isForgotten = mayNeedUp && !isWhole && !site.holdsAnything();
  if (isForgotten) await workspace.up({ env });
  const first = await workspace.spawn(command, { env }).ended;
  const isRefused = first.exitCode !== 0;
  ok(mayNeedUp || !isRefused, first.stdout);
  if (isRefused) await outOf(first, site, command);
  const left = workspace.storedState();
  if (left.pendingOperations.length > 0) {
    await workspace.refresh({ env, args: ["--clear-pending-creates", "--expect-no-changes"] });
  }
  return isForgotten || isRefused ? "after an up" : "at once";
}

/** A refusal names a command that works. */
async function outOf(
  { stdout }: CommandResult,
  site: FinishableSite<string>,
  command: Ending["command"],
): Promise<void> {
  const { workspace } = site;
  const env = site.environment();
  match(stdout, /EKM_[A-Z_]+/);
  match(stdout, /run "pulumi up --refresh"/i);
  await workspace.up({ env, args: ["--refresh"] });
  await workspace[command]({ env });
}

const rekeysOf = ({ cluster }: FinishableSite<string>): number => cluster.state().softwareEncryption.rekeys;
