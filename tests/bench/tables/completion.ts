import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ClusterSimulator } from "../../../simulator";
import { makeAuthority } from "../../kit/certificates";
import { median, table } from "../figures";
import { FleetStack } from "../fleet/fleet-stack";
import { startKeyServer } from "../host/key-server";
import { type ResourceSize, sizesOf } from "../state-size";

/** Rekeys of about every length that a run of the bench has time for, unevenly spread. */
const REKEYS_SECONDS = [0.2, 0.5, 0.9, 1.4, 2.2, 3.3, 5.0, 8.0];
/** The API's own record of the end has whole seconds, so the cluster's state is looked at this often. */
const SAMPLE_MS = 5;

/** How long after the end of a rekey the rest of the chain knew. */
export interface Completion {
  rekeySeconds: number;
  /** Until the provider asked the question that the cluster answered with "complete". */
  noticedMs: number;
  /** Until the engine printed the resource as done. */
  completedMs: number;
}

/** Rotations on one cluster, inside this process so that its state can be watched; and what its `up` left in state. */
export async function measureCompletion(): Promise<{ completions: Completion[]; state: ResourceSize[] }> {
  const folder = mkdtempSync(join(tmpdir(), "ekm-bench-"));
  const authority = makeAuthority();
  const keyServer = await startKeyServer(folder, authority);
  const cluster = await ClusterSimulator.start({ stateDir: join(folder, "cluster"), rekeySeconds: 0.2 });
  const fleet = await FleetStack.create(1);
  try {
    const { endpoint, username, password, certificate, fingerprint256 } = cluster;
    const clusters = [{ name: "storage-1", endpoint, username, password, certificate, fingerprint256 }];
    const { host, port } = keyServer;
    await fleet.take({ clusters, keyServer: { host, port }, authority });
    await fleet.run("up");
    const state = sizesOf(await fleet.stack.resources());
    const completions: Completion[] = [];
    for (const seconds of REKEYS_SECONDS) completions.push(await rotate(fleet, cluster, seconds));
    return { completions, state };
  } finally {
    fleet.stack.remove();
    await cluster.close();
    await keyServer.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rotate(fleet: FleetStack, cluster: ClusterSimulator, rekeySeconds: number): Promise<Completion> {
  cluster.switches.rekeySeconds = rekeySeconds;
  const commandEnded = new AbortController();
  const rekeyEnd = nextRekeyEnd(cluster, commandEnded.signal);
  const up = fleet.spawnUp({ BENCH_ROTATION: `after ${rekeySeconds} s` });
  up.ended.finally(() => commandEnded.abort(new Error("the command ended without a rekey"))).catch(() => {});
  const [ended, completed] = await Promise.all([rekeyEnd, up.printed(/MasterKey \S+ updated/).then(() => Date.now())]);
  const { exitCode, stdout } = await up.ended;
  if (exitCode !== 0) throw new Error(`a rotation failed\n${stdout}`);
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

export function describeCompletion(completions: readonly Completion[]): string {
  const row = (name: string, ...times: number[]) => [name, ...times.map((time) => `${time.toFixed(0)} ms`)];
  const [noticed, completed] = [
    completions.map(({ noticedMs }) => noticedMs),
    completions.map(({ completedMs }) => completedMs),
  ];
  return table(
    ["rekey", "provider noticed", "resource completed"],
    [
      ...completions.map(({ rekeySeconds, noticedMs, completedMs }) =>
        row(`${rekeySeconds} s`, noticedMs, completedMs),
      ),
      row("p50", median(noticed), median(completed)),
      row("most", Math.max(...noticed), Math.max(...completed)),
    ],
  );
}
