import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { isDeepStrictEqual } from "node:util";
import type { CommandResult } from "../engine/harness";
import { type Call, pointsOf } from "./cells";
import type { FinishCell } from "./finish-cells";
import {
  type Ending,
  FINISHED_OPERATIONS,
  type Finish,
  type FinishedName,
  type FinishedOperation,
  type Way,
} from "./finishes";
import { strike } from "./interruptions";
import { pictureOf } from "./picture";
import { assertSettled, begin, lastFor, QUICK_SECONDS } from "./run-cell";
import type { Site } from "./site";

/** Where the calls of an operation are. */
export async function callsOf(site: Site, name: FinishedName): Promise<Call[]> {
  const sent = await walk(site, name);
  const looks = sent.filter((method) => method === LOOK).length;
  // How often hardware encryption is looked at in the end depends on the machine.
  return pointsOf(sent).filter(({ method, ordinal }) => method !== LOOK || ordinal < looks);
}

const LOOK = "GetEncryptionAtRestInfo";

/** Runs an operation to its end; gives the methods that it calls. */
async function walk(site: Site, name: FinishedName): Promise<readonly string[]> {
  const { interception, run } = await begin(site, operationOf(name));
  const { exitCode, stdout } = await run.ended;
  await interception.close();
  strictEqual(exitCode, 0, stdout);
  return interception.sent;
}

/**
 * What is left when nobody interrupts anything: after what is done instead alone, and after the operation and then that. They
 * differ where a destroy leaves what the operation did not come to take over or to switch on.
 */
export async function referencesOf(site: Site, name: FinishedName, finish: Finish): Promise<Outcome[]> {
  const ending = endingOf(name, finish);
  const references: Outcome[] = [];
  for (const isWalked of ending.command === "destroy" ? [false, true] : [false]) {
    if (isWalked) await walk(site, name);
    else await site.restore(operationOf(name).from);
    lastFor(site, QUICK_SECONDS);
    site.declare(ending.program(site));
    await site.workspace[ending.command]({ env: site.environment() });
    references.push(await outcomeOf(site));
  }
  return references;
}

/**
 * Cuts an operation off, finishes it otherwise, and compares what is left with what there would be without the cut.
 *
 * @returns by which way it was finished
 * @throws what is not as it must be
 */
export async function runFinish(site: Site, cell: FinishCell, references: readonly Outcome[]): Promise<Way> {
  const { operation: name, call, interruption, finish } = cell;
  const ending = endingOf(name, finish);
  const begun = await begin(site, operationOf(name), {
    call,
    moment: "acted",
    spring: async (providerPid) => {
      lastFor(site, QUICK_SECONDS);
      await strike[interruption]({ site, run: begun.run, providerPid });
    },
  });
  const before = rekeysOf(site);
  let way: Way;
  try {
    const { stdout } = await begun.run.ended;
    strictEqual(begun.interception.sprung, true, `${call.method} #${call.ordinal} was never reached\n${stdout}`);
    await site.workspace.cancel();
    site.declare(ending.program(site));
    way = await finished(site, ending);
  } finally {
    await begun.interception.close();
  }
  await assertSettled(site, ending);
  const outcome = await outcomeOf(site);
  if (!references.some((reference) => isDeepStrictEqual(outcome, reference)))
    deepStrictEqual(outcome, references.at(-1));
  const rekeys = rekeysOf(site) - before;
  ok(rekeys <= ending.mostRekeys, `${rekeys} rekeys, where ${ending.mostRekeys} would do`);
  return way;
}

/** Runs the command, and before it an `up` where that is allowed and is what people are told to do. */
async function finished(site: Site, { command, mayNeedUp }: Ending): Promise<Way> {
  const { workspace } = site;
  const env = site.environment();
  // A provider is asked for nothing where state has nothing of the cluster: the engine warns of pending operations, and the
  // README says what to do then.
  const isForgotten = mayNeedUp && !hasAnything(site);
  if (isForgotten) await workspace.up({ env });
  const tried = await workspace.spawn(command, { env }).ended;
  const isRefused = tried.exitCode !== 0;
  ok(mayNeedUp || !isRefused, tried.stdout);
  if (isRefused) await outOf(tried, site, command);
  const left = workspace.storedState();
  if (left.pendingOperations.length > 0) {
    await workspace.refresh({ env, args: ["--clear-pending-creates", "--expect-no-changes"] });
  }
  return isForgotten || isRefused ? "after an up" : "at once";
}

const hasAnything = ({ workspace }: Site): boolean =>
  workspace.storedState().resources.some(({ type }) => type.includes("/element:"));

/** A refusal names a command that works. */
async function outOf({ stdout }: CommandResult, site: Site, command: Ending["command"]): Promise<void> {
  const { workspace } = site;
  const env = site.environment();
  match(stdout, /EKM_[A-Z_]+/);
  match(stdout, /run "pulumi up --refresh"/i);
  await workspace.up({ env, args: ["--refresh"] });
  await workspace[command]({ env });
}

const operationOf = (name: FinishedName): FinishedOperation => FINISHED_OPERATIONS[name];

function endingOf(name: FinishedName, finish: Finish): Ending {
  const ending = operationOf(name).finishes[finish];
  if (ending === undefined) throw new Error(`${name} is not finished by ${finish}`);
  return ending;
}

const rekeysOf = ({ cluster }: Site): number => cluster.state().softwareEncryption.rekeys;

/** What is left, by places: whatever ids and names it has, and however often there was a rekey. */
async function outcomeOf(site: Site) {
  const { keyServers, keyProviders, holder, hardwareEncryption, ...others } = await pictureOf(site);
  const { rekeyRuns, keysToDestroy, onlyKeysInUseActive, dataUnwraps, wrappedDataKeys } = others;
  const placeOf = (id: number) => keyServers.find(({ keyProviderID }) => keyProviderID === id)?.at ?? "no key server";
  const placed = (text: string) => text.replace(/\d+$/, (id) => `at ${placeOf(Number(id))}`);
  return {
    keyServers: keyServers.map(({ at, keyProviderID }) => `${at}, attached: ${keyProviderID !== null}`).sort(),
    keyProviders: keyProviders.map(({ keyProviderID }) => placeOf(keyProviderID)).sort(),
    holder: placed(holder),
    hardwareEncryption: placed(hardwareEncryption),
    rekeyRuns,
    keysToDestroy,
    onlyKeysInUseActive,
    dataUnwraps,
    wrappedDataKeys,
    inState: site.workspace
      .storedState()
      .resources.map(({ urn }) => urn)
      .sort(),
  };
}

export type Outcome = Awaited<ReturnType<typeof outcomeOf>>;
