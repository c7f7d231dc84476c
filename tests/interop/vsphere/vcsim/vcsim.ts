import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { systemClock } from "../../../../provider/core/clock";
import type { VcenterSettings } from "../../../../provider/systems/vsphere/api/settings";
import { ConnectedVcenter } from "../../../../provider/systems/vsphere/api/vcenter";

let folder: string;
const running: ChildProcess[] = [];
const connected: ConnectedVcenter[] = [];

/** The sums of go.sum are those of the modules, wherever they come from. */
export async function buildVcsim(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), "vcsim-"));
  const build = ["build", "-mod=readonly", "-buildvcs=false", "-o", join(folder, "vcsim"), "."];
  await promisify(execFile)("go", build, { cwd: __dirname });
}

export const removeVcsim = (): Promise<void> => rm(folder, { recursive: true });

/** A vCenter of govmomi, and how it is reached. */
export interface Vcsim {
  settings: VcenterSettings;
  /** The provider of one machine's key, and of one host's. */
  provider: string;
}

/** Starts another one, with nothing registered. */
export async function startVcsim(...options: "-certificates"[]): Promise<Vcsim> {
  const child = spawn(join(folder, "vcsim"), options, { stdio: ["pipe", "pipe", "ignore"] });
  running.push(child);
  const [line] = await once(createInterface(child.stdout), "line");
  const { provider, ...settings } = JSON.parse(line);
  return { settings, provider };
}

/** Our connection to it. */
export function connectionTo({ settings }: Vcsim, other: Partial<VcenterSettings> = {}): ConnectedVcenter {
  const runtime = { clock: systemClock, signal: new AbortController().signal, assertHostAlive: async () => {} };
  const vcenter = new ConnectedVcenter("vcsim", { ...settings, ...other }, runtime);
  connected.push(vcenter);
  return vcenter;
}

export async function stopVcsims(): Promise<void> {
  await Promise.all(connected.splice(0).map((each) => each.close()));
  for (const child of running.splice(0)) {
    const ended = once(child, "exit");
    child.stdin?.end();
    await ended;
  }
}
