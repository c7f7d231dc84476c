import { deepStrictEqual, ok } from "node:assert";
import { isRotationDue, ofDestroy, ofUp } from "./allowance";
import type { Kind } from "./declaration";
import { type Allowance, type Ledger, NOTHING, STACK_NAMES, type Which } from "./ledger";
import { rekeysStarted, type Sight } from "./sight";
import { type Interruption, REFUSED_BY_CHECK, type RunReport, UNTARGETED } from "./stack";
import type { Act } from "./step";
import { hitsOf, type World } from "./world";

export const RUNS = ["up", "up --refresh", "refresh", "preview", "destroy"] as const;
export type Run = (typeof RUNS)[number];

export interface RunSpecification {
  which: Which;
  run: Run;
  target?: Kind;
  interruption?: Interruption;
}

/** Runs the engine on what a stack declares now. */
export async function perform(
  ledger: Ledger,
  world: World,
  before: Sight,
  specification: RunSpecification,
): Promise<Act & { report: RunReport; allowed: Allowance }> {
  const { which, run, target, interruption } = specification;
  ledger.declare(world, which);
  const allowed = allowanceOf(ledger, before, specification);
  const rotationIsDue = run.startsWith("up") && target === undefined && isRotationDue(ledger, which, before);
  const hitsBefore = hitsOf(world);
  const report = await start(world, specification);
  ledger.tell(`  ${STACK_NAMES[which]} ${run}: ${inWords(report)}`);
  assertCoded(report, interruption);
  const isSound = interruption === undefined && ledger.down.size === 0 && hitsOf(world) === hitsBefore;
  if (isSound) assertForeseen(report);
  return {
    report,
    allowed,
    output: report.output + report.kept,
    disturbed: interruption === undefined ? undefined : true,
    outstanding: interruption?.strike === "kill the engine alone" ? allowed : undefined,
    judge(after) {
      if (run === "preview" || run === "refresh") assertUntouched(before, after);
      if (!report.succeeded || !rotationIsDue) return;
      ok(rekeysStarted(after) > rekeysStarted(before), "the rotation that was asked for did not happen");
    },
  };
}

function start(world: World, { which, run, target, interruption }: RunSpecification): Promise<RunReport> {
  const stack = world.stacks[which];
  switch (run) {
    case "up":
    case "up --refresh":
      return stack.up({ refresh: run === "up --refresh", target, interruption });
    case "destroy":
      return stack.destroy({ interruption });
    default:
      return stack[run]();
  }
}

function allowanceOf(ledger: Ledger, before: Sight, { which, run, target }: RunSpecification): Allowance {
  if (run === "destroy") return ofDestroy(ledger, which, before);
  return run.startsWith("up") ? ofUp(ledger, which, before, target) : NOTHING;
}

/** A look changes nothing. */
function assertUntouched({ cluster: then }: Sight, { cluster: now }: Sight): void {
  deepStrictEqual([now.keyServers, now.keyProviders, now.keyPair], [then.keyServers, then.keyProviders, then.keyPair]);
}

function inWords({ succeeded, killed, steps, codes }: RunReport): string {
  const end = succeeded ? "succeeded" : killed ? "was killed" : `failed (${codes.join(", ") || "stopped"})`;
  return [end, ...steps].join(", ");
}

/**
 * Where nothing fails by itself, what a cluster would refuse is foreseen: it is joined, waited for, or refused in our own
 * words.
 */
function assertForeseen({ codes, output }: RunReport): void {
  ok(!codes.includes("EKM_ELEMENT_API"), `the cluster refused a call although nothing had failed:\n${output}`);
}

/** Whatever goes wrong has a stable code. */
function assertCoded({ succeeded, killed, codes, output }: RunReport, interruption: Interruption | undefined): void {
  if (succeeded || killed || interruption?.strike === "SIGINT") return;
  ok(codes.length > 0, `a run failed without a code:\n${output}`);
  for (const code of codes) {
    ok(/^EKM_[A-Z_]+$/.test(code) || code === REFUSED_BY_CHECK || code === UNTARGETED, `a run failed with ${code}`);
  }
}
