import { randomUUID } from "node:crypto";
import { VCenterError } from "../vcenter/errors";
import type { VCenter } from "../vcenter/machine";
import type { Session } from "../vcenter/sessions";
import type { Task } from "../vcenter/state";
import { errorOf } from "./answers";
import { messageOf } from "./messages";
import { isTask, type RestRequest, type RoutedMethod, type Routes, type TaskRoute } from "./route";

/** Has the work of a request done in the background; gives the task's id. */
export async function startTask(
  routes: Routes,
  method: RoutedMethod,
  route: TaskRoute,
  { vcenter, slots, query, body, session }: RestRequest & { session: Session },
): Promise<string> {
  const { service, operation } = route;
  const task: Task = {
    id: `${randomUUID()}:${service}`,
    ...{ service, operation, method, target: route.target?.(slots) },
    user: session.user,
    status: "PENDING",
    createdAt: vcenter.timestamp(),
  };
  vcenter.secrets.taskRequests[task.id] = { slots, query: `${query}`, body };
  vcenter.state.tasks = [...vcenter.state.tasks.filter((each) => !hasAgedOut(vcenter, each)), task];
  await vcenter.save();
  vcenter.jobs.start(() => runTask(vcenter, routes, task));
  return task.id;
}

/** Work that an earlier process has left unfinished. */
export const unfinishedTasks = (vcenter: VCenter, routes: Routes): (() => Promise<void>)[] =>
  vcenter.state.tasks.filter((task) => !isEnded(task)).map((task) => () => runTask(vcenter, routes, task));

/** Half of its time a task is pending, and half of it running. */
async function runTask(vcenter: VCenter, routes: Routes, task: Task): Promise<void> {
  const dueIn = (share: number) => () => vcenter.switches.taskSeconds * 1000 * share - vcenter.since(task.createdAt);
  await vcenter.jobs.waitUntilDue(dueIn(0.5));
  if (isEnded(task)) return;
  task.status = "RUNNING";
  task.startedAt ??= vcenter.timestamp();
  await vcenter.save();
  await vcenter.jobs.waitUntilDue(dueIn(1));
  try {
    task.result = await performed(vcenter, routes, task);
    task.status = "SUCCEEDED";
  } catch (error) {
    if (!(error instanceof VCenterError)) throw error;
    task.error = errorOf(error);
    task.status = "FAILED";
  }
  await end(vcenter, task);
}

function performed(vcenter: VCenter, routes: Routes, task: Task): unknown {
  const route = routes[task.method as RoutedMethod];
  const { slots = {}, query = "", body } = vcenter.secrets.taskRequests[task.id] ?? {};
  if (!isTask(route)) return undefined;
  return route.prepare({ vcenter, slots, query: new URLSearchParams(query), body })();
}

async function end(vcenter: VCenter, task: Task): Promise<void> {
  task.endedAt = vcenter.timestamp();
  delete vcenter.secrets.taskRequests[task.id];
  await vcenter.save();
}

/** @throws VCenterError when it has begun */
export async function cancelTask(vcenter: VCenter, task: Task): Promise<void> {
  if (!isCancelable(task)) throw new VCenterError("notAllowed", `The task ${task.id} cannot be cancelled.`);
  task.startedAt = vcenter.timestamp();
  task.status = "FAILED";
  task.error = { error_type: "CANCELED", messages: [messageOf("canceled", "The task was cancelled.")] };
  await end(vcenter, task);
}

export function taskNamed(vcenter: VCenter, id: string): Task {
  const task = vcenter.state.tasks.find((each) => each.id === id);
  if (task && !hasAgedOut(vcenter, task)) return task;
  throw new VCenterError("notFound", `The task ${id} does not exist.`);
}

export function hasAgedOut(vcenter: VCenter, { endedAt }: Task): boolean {
  return endedAt !== undefined && vcenter.since(endedAt) > vcenter.switches.taskRetentionSeconds * 1000;
}

/** A task as the API tells of it. */
export function infoOf({ switches }: VCenter, task: Task, withResult = true): object {
  const { service, operation, status, target, user, result, error } = task;
  const completed = isEnded(task) ? 100 : 50;
  const progress = { total: 100, completed, message: messageOf("progress", `${completed} %`) };
  return {
    description: messageOf(`${operation}.task`, `Task ${operation} of ${service}`),
    service,
    operation: switches.taskOperationSuffix ? `${operation}$task` : operation,
    status,
    cancelable: isCancelable(task),
    ...(target && { target: { type: target.type, id: target.value } }),
    user,
    ...(status === "PENDING" ? {} : { progress, start_time: task.startedAt }),
    ...(isEnded(task) ? { end_time: task.endedAt } : {}),
    ...(withResult && result !== undefined ? { result } : {}),
    ...(error && { error }),
  };
}

const isEnded = ({ endedAt }: Task): boolean => endedAt !== undefined;

const isCancelable = ({ status }: Task): boolean => status === "PENDING";
