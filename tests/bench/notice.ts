import { setTimeout as delay } from "node:timers/promises";
import type { ClusterSimulator } from "../../simulator";
import type { Workspace } from "../engine/harness";

/** How long after the end of a rekey the rest of the chain knew. */
export interface Notice {
  /** How long the cluster took for the rekey. */
  rekeySeconds: number;
  /** Until the provider asked the question that the cluster answered with "complete". */
  noticedMs: number;
  /** Until the engine printed the resource as done. */
  completedMs: number;
}

/** The API's own record of the end has whole seconds, so the cluster's state is looked at this often. */
const SAMPLE_MS = 5;

/** Rotates the master key on a cluster that takes `rekeySeconds` for it, and measures what comes after the rekey. */
export async function measureNotice(
  workspace: Workspace,
  cluster: ClusterSimulator,
  rekeySeconds: number,
  env: NodeJS.ProcessEnv,
): Promise<Notice> {
  cluster.switches.rekeySeconds = rekeySeconds;
  const commandEnded = new AbortController();
  const rekeyEnd = nextRekeyEnd(cluster, commandEnded.signal);
  const up = workspace.spawnUp({ env: { ...env, BENCH_ROTATION: `after ${rekeySeconds} s` } });
  up.ended.finally(() => commandEnded.abort(new Error("the command ended without a rekey"))).catch(() => {});
  const [ended, completed] = await Promise.all([rekeyEnd, up.printed(/MasterKey \S+ updated/).then(() => Date.now())]);
  const { exitCode, stdout } = await up.ended;
  if (exitCode !== 0) {
    throw new Error(`a rotation failed\n${stdout}`);
  }
  // The provider stops asking once it knows.
  const answered = Date.parse(cluster.calls("GetAsyncResult").at(-1)?.time ?? "");
  return { rekeySeconds, noticedMs: Math.max(0, answered - ended), completedMs: completed - ended };
}

/** The time at which the cluster has completed one more rekey, late by one sample at most. */
async function nextRekeyEnd(cluster: ClusterSimulator, signal: AbortSignal): Promise<number> {
  const { rekeys } = cluster.state().softwareEncryption;
  while (cluster.state().softwareEncryption.rekeys === rekeys) {
    signal.throwIfAborted();
    await delay(SAMPLE_MS);
  }
  return Date.now();
}
