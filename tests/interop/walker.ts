import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** A client of a vendor's, as a program that is told on standard input where to walk. */
export type Walker = (environment: NodeJS.ProcessEnv) => ChildProcessWithoutNullStreams;

/** What a client says on standard output that it has seen. */
export async function seenBy(child: ChildProcessWithoutNullStreams, told: object): Promise<Record<string, unknown>> {
  const exited = once(child, "exit");
  const [seen, complaints] = [text(child.stdout), text(child.stderr)];
  child.stdin.end(JSON.stringify(told));
  const [status] = await exited;
  if (status !== 0) throw new Error(`the client ended with ${status}: ${await complaints}`);
  return JSON.parse(await seen);
}
