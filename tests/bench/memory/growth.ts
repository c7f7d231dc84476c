import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { tokenIn } from "../../../provider/adapters/pulumi/resource-type";
import { type ExportedResource, inClear, isDeclared } from "../graph";

/** What a process is to refresh, and how often. */
export interface Refreshes {
  resources: { token: string; id: string; outputs: Record<string, unknown> }[];
  times: number;
}

/** Bytes that the heap of a provider process holds after each of so many refreshes of these resources. */
export async function heapOverRefreshes(
  exported: readonly ExportedResource[],
  env: NodeJS.ProcessEnv,
  times: number,
): Promise<number[]> {
  const resources = exported.filter(isDeclared).flatMap(({ type, id, outputs }) => {
    const token = tokenIn(type);
    return token === undefined || id === undefined
      ? []
      : [{ token, id, outputs: inClear(outputs) as Record<string, unknown> }];
  });
  const child = fork(join(__dirname, "refreshes.js"), [], {
    env: { ...process.env, ...env },
    execArgv: ["--expose-gc"],
  });
  const answered = once(child, "message");
  child.send({ resources, times } satisfies Refreshes);
  const [heaps] = await answered;
  return heaps;
}
