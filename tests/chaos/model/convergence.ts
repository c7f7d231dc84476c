import { deepStrictEqual, ok, strictEqual } from "node:assert";
import type { StateResource } from "../../engine/harness";
import { inState } from "./allowance";
import { NOBODYS } from "./commands/by-hand";
import { type Declaration, placeOf } from "./declaration";
import { assertInvariants } from "./invariants";
import type { Ledger, Which } from "./ledger";
import { perform } from "./runs";
import { comingKey, look, ofKind, rekeysStarted, type Sight } from "./sight";
import { REFUSED_BY_CHECK, type RunReport } from "./stack";
import type { World } from "./world";

type End = "converged" | "held elsewhere";

/**
 * Whatever happened, one more `up --refresh` of each stack finishes the work, and another `up` has nothing to do. Of two
 * stacks that want the master key, one is refused it for good.
 */
export async function converge(ledger: Ledger, world: World): Promise<void> {
  await mend(ledger, world);
  const used = ([0, 1] as const).filter((which) => ledger.stacks[which].isUsed);
  const ends: End[] = [];
  for (const which of used) ends[which] = await bringUp(ledger, world, which);
  ok(used.length === 0 || ends.includes("converged"), "both stacks were refused the master key");
  for (const which of used) await assertSettled(ledger, world, which, ends[which] as End);
  await assertNothingLeftOver(world);
}

/** What people do before they run again: everything is in service, and nothing is held up. */
async function mend(ledger: Ledger, world: World): Promise<void> {
  await world.settle();
  const { installation } = world;
  await installation.inService();
  installation.cluster.faults.clear();
  for (const name of ledger.down) await installation[name].start();
  ledger.down.clear();
  world.releaseRekeys();
  ledger.rekeysAreHeld = false;
  await world.rekeyIsOver();
  await tellNobodys(world);
  if (ledger.hardwareEncryption) await world.byHand("disable_encryption_at_rest");
  ledger.hardwareEncryption = false;
  await retryDestroying(world);
}

/** Whoever made a server past every stack says where its key server is now. */
async function tellNobodys(world: World): Promise<void> {
  const { cluster, west } = world.installation;
  const server = cluster.state().keyServers.find(({ kmipKeyServerName }) => kmipKeyServerName === NOBODYS);
  if (server === undefined) return;
  const args = { key_server_id: server.keyServerID, kmip_key_server_port: west.settings.port };
  await world.byHand("modify_key_server_kmip", args);
}

/** The cluster looks at its key servers, and destroys there what it could not destroy so far. */
const retryDestroying = (world: World) => world.byHand("list_cluster_faults");

const ATTEMPTS = 5;

/** Brings a stack up, and takes the way out that a refusal names. */
async function bringUp(ledger: Ledger, world: World, which: Which): Promise<End> {
  const { declaration } = ledger.stacks[which];
  let report: RunReport | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await look(world);
    report = await run(ledger, world, which, "up --refresh");
    if (report.succeeded) {
      if (!leaveWaysOut(declaration)) return "converged";
      continue;
    }
    const code = codeOf(report);
    if (code === "EKM_RESOURCE_RENAMED") {
      declaration.takeOver = true;
    } else if (code === HELD_ELSEWHERE) {
      assertHeldElsewhere(ledger, before, which);
      if (isDeclaredByOther(ledger, before, which)) return "held elsewhere";
      declaration.takeOver = true;
    } else if (report.codes.includes(REFUSED_BY_CHECK)) {
      declaration.regenerate = regeneratedIn(before, which);
      declaration.display.provider = undefined;
    } else if (code === "EKM_EQUAL_OBJECT_EXISTS") {
      takeEqual(declaration, before.resources[which], report.output);
    } else if (code === "EKM_REKEY_FAILED") {
      await mendHolder(ledger, world, which, before);
    } else if (code === "EKM_PROVIDER_ACTIVE" && before.cluster.keysToDestroy.length > 0) {
      await retryDestroying(world);
    } else if (code === "EKM_PROVIDER_ACTIVE" && declaration.holder === "undeclared") {
      // A destroy has left the key where it was, and no program cares for it any more.
      await world.byHand("rekey_software_encryption_at_rest_master_key", { key_management_type: "Internal" });
    } else break;
  }
  throw new Error(`the ${world.stacks[which].name} stack does not converge:\n${report?.output}`);
}

const HELD_ELSEWHERE = "EKM_MASTER_KEY_HELD_ELSEWHERE";

/** Of who holds the key, a check says what the call would fail with. */
const codeOf = ({ codes, output }: RunReport): string | undefined =>
  codes.includes(REFUSED_BY_CHECK)
    ? (output.match(/EKM_MASTER_KEY_HELD_ELSEWHERE|EKM_RESOURCE_RENAMED/)?.[0] ?? REFUSED_BY_CHECK)
    : codes[0];

/** Takes over what equals a declared object; what the stack's former one still has gives way by another name. */
function takeEqual({ adopt, display }: Declaration, resources: StateResource[], output: string): void {
  const [, found, id] = /creating key (server|provider).*set adopt to "(\d+)"/is.exec(output) ?? [];
  const kind = found as "server" | "provider";
  if (ofKind(resources, kind).some((own) => own.id === id)) display[kind] = undefined;
  else adopt[kind] = id;
}

/** What was declared only to get out of a refusal is declared no longer. Says whether there was any. */
function leaveWaysOut(declaration: Declaration): boolean {
  const wasTaken = declaration.takeOver || Object.values(declaration.adopt).some((id) => id !== undefined);
  declaration.takeOver = false;
  declaration.adopt = {};
  return wasTaken;
}

/**
 * Somebody made a key pair of which the server that holds the key has not been told. It is the other stack's, or the one
 * that this stack moves away from: it is declared once more as it was.
 */
async function mendHolder(ledger: Ledger, world: World, which: Which, sight: Sight): Promise<void> {
  const other = otherOf(which);
  if (ledger.stacks[other].isUsed) {
    await run(ledger, world, other, "up --refresh");
    await mendAsItWas(ledger, world, other, await look(world));
  }
  await mendAsItWas(ledger, world, which, sight);
}

async function mendAsItWas(ledger: Ledger, world: World, which: Which, { cluster, resources }: Sight): Promise<void> {
  const holder = String(cluster.softwareEncryption.masterKey?.keyProviderID);
  const provider = ofKind(resources[which], "provider").find(({ id }) => id === holder);
  if (provider === undefined) return;
  const { declaration } = ledger.stacks[which];
  const { at, display } = declaration;
  declaration.at = placeOf(provider.urn);
  declaration.display = { ...display, provider: String(provider.outputs.name) };
  const report = await run(ledger, world, which, "up --refresh");
  ok(report.succeeded, `the server that holds the key is not mended:\n${report.output}`);
  Object.assign(declaration, { at, display });
}

/** The refusal is right: another provider has the key, and this declaration did not give it to that one. */
function assertHeldElsewhere(ledger: Ledger, before: Sight, which: Which): void {
  const { keyProviderID } = comingKey(before);
  ok(keyProviderID !== undefined, "refused the master key although internal keys hold it");
  const key = inState(before, which, "key", ledger.stacks[which].declaration);
  ok(key?.outputs.recordedKeyProviderID !== keyProviderID, "refused the master key that it holds itself");
}

/** The provider that has the key is the other stack's, and its program wants it to. */
function isDeclaredByOther(ledger: Ledger, { cluster, resources }: Sight, which: Which): boolean {
  const other = otherOf(which);
  const holder = cluster.softwareEncryption.masterKey?.keyProviderID;
  const isIts = ofKind(resources[other], "provider").some(({ id }) => id === String(holder));
  return isIts && ledger.stacks[other].declaration.holder === "external";
}

const otherOf = (which: Which): Which => (which === 0 ? 1 : 0);

const regeneratedIn = ({ resources }: Sight, which: Which): string | undefined =>
  ofKind(resources[which], "pair")[0]?.outputs.regenerate as string | undefined;

async function assertSettled(ledger: Ledger, world: World, which: Which, end: End): Promise<void> {
  const rekeys = rekeysStarted(await look(world));
  const report = await run(ledger, world, which, "up");
  if (end === "held elsewhere") {
    strictEqual(codeOf(report), HELD_ELSEWHERE, report.output);
  } else {
    ok(report.succeeded, `another up failed:\n${report.output}`);
    deepStrictEqual(report.steps, [], "another up has something to do");
  }
  deepStrictEqual(rekeysStarted(await look(world)), rekeys);
}

async function assertNothingLeftOver(world: World): Promise<void> {
  await retryDestroying(world);
  const { cluster, activeKeys, unwraps } = await look(world);
  const { masterKey } = cluster.softwareEncryption;
  const wanted = masterKey?.keyManagementType === "external" ? [masterKey.keyID] : [];
  deepStrictEqual(activeKeys, wanted, "the key servers have the key in force and no other");
  ok(unwraps, "the data key does not unwrap");
}

async function run(ledger: Ledger, world: World, which: Which, run: "up" | "up --refresh"): Promise<RunReport> {
  const before = await look(world);
  const { report, allowed, output = "", judge } = await perform(ledger, world, before, { which, run });
  const after = await look(world);
  assertInvariants(world, ledger, before, after, { allowed, disturbed: false, output });
  judge?.(after);
  return report;
}
