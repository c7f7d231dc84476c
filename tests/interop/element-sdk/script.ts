import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { json, text } from "node:stream/consumers";
import type { ClusterSimulator } from "../../../simulator";
import type { Authority } from "../../kit/certificates";
import { pythonInterpreter } from "../python";

/** What a script works on. */
export interface Site {
  cluster: ClusterSimulator;
  /** Signs the cluster's requests. */
  authority: Authority;
  keyServerPort: number;
}

/** Runs one of this folder's scripts, and gives the JSON that it printed. */
export async function runScript(
  script: "drive_cluster.py" | "set_up_cluster.py",
  { cluster, authority, keyServerPort }: Site,
): Promise<Record<string, unknown>> {
  const { hostname: host, port } = new URL(cluster.endpoint);
  const { username, password } = cluster;
  const child = spawn(await pythonInterpreter(), ["-B", "-W", "ignore", join(__dirname, script)]);
  child.stdin.end(JSON.stringify({ host, port: Number(port), username, password, authority, keyServerPort }));
  const exited = once(child, "exit");
  const complaints = text(child.stderr);
  try {
    return (await json(child.stdout)) as Record<string, unknown>;
  } catch (cause) {
    throw new Error(`${script} ended with ${(await exited)[0]}: ${await complaints}`, { cause });
  }
}
