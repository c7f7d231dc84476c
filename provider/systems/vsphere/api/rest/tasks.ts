import type { Call } from "../../../../connections/https/call";
import type { HttpsClient } from "../../../../connections/https/client";
import { isObject, oneOf, type Shape, ShapeError } from "../../../../connections/https/shapes";
import type { Clock } from "../../../../core/clock";
import { asDocumented, errorOf } from "../answer";
import { isGone } from "../errors";
import { endOf, failedTask } from "../task-end";
import { TASK_STATUSES, type TaskStatus } from "../types";
import { contentOf, refusalIn } from "./answer";

const TIMEOUT_SECONDS = 30;

/** How a task ended. What has ended is forgotten after a while: then only a look at the object tells. */
export type TaskEnd = { kind: "succeeded"; result: unknown } | { kind: "forgotten" };

interface Info {
  status: TaskStatus;
  result: unknown;
  error: unknown;
}

const statusOf = oneOf(...TASK_STATUSES);

/** Nothing but what decides: any other member may be missing, and progress may say what it likes. */
const info: Shape<Info> = (value, path) => {
  if (!isObject(value)) throw new ShapeError(path, value, "the information about a task");
  const { result, error = null } = value;
  const status = statusOf(value.status, `${path}.status`);
  if (status === "SUCCEEDED" && error !== null) throw new ShapeError(`${path}.error`, error, "missing after a success");
  return { status, result, error };
};

/**
 * Follows the task that a call has begun to its end.
 *
 * @param call by which the task was begun
 */
export async function followed(
  client: HttpsClient,
  call: Call,
  id: string,
  circumstances: { clock: Clock; signal: AbortSignal },
): Promise<TaskEnd> {
  return endOf(call, () => look(client, call, id, circumstances.signal), circumstances);
}

/** `undefined` while the task runs; throws what it failed with. */
async function look(client: HttpsClient, call: Call, id: string, signal: AbortSignal): Promise<TaskEnd | undefined> {
  const { status, result, error } = await lookedAt(client, call, id, signal);
  switch (status) {
    case "forgotten":
      return { kind: "forgotten" };
    case "SUCCEEDED":
      return { kind: "succeeded", result };
    case "FAILED": {
      const refusal = refusalIn(error, "its task failed") ?? refusalIn(result, "its task failed");
      throw refusal === undefined ? failedTask(call) : errorOf(call, refusal);
    }
    default:
      return undefined;
  }
}

async function lookedAt(
  client: HttpsClient,
  { method }: Call,
  id: string,
  signal: AbortSignal,
): Promise<Info | { status: "forgotten"; result?: undefined; error?: undefined }> {
  try {
    return await client.ask(
      {
        method,
        effect: "read",
        timeoutSeconds: TIMEOUT_SECONDS,
        request: () => ({ verb: "GET", path: `/api/cis/tasks/${encodeURIComponent(id)}` }),
        read: (answer, call) => asDocumented(call, () => info(contentOf(call, answer), "task")),
      },
      { signal },
    );
  } catch (error) {
    if (isGone(error)) return { status: "forgotten" };
    throw error;
  }
}
