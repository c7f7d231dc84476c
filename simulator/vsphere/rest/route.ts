import type { RestMethod } from "../methods";
import type { VCenter } from "../vcenter/machine";
import type { Session } from "../vcenter/sessions";
import type { EntityReference } from "../vcenter/state";

/** A request of somebody who is logged in. */
export interface RestRequest {
  vcenter: VCenter;
  /** Parts of the path, by their names in the route. */
  slots: Record<string, string>;
  query: URLSearchParams;
  /** What the JSON says, `undefined` where there is none. */
  body: unknown;
}

/** What a call comes to. */
export interface Result {
  /** Default 200, or 204 without a body. */
  status?: number;
  json?: unknown;
}

/** What a task does when its time has come; answers the task's result. */
export type Effect = () => unknown;

interface AnyRoute {
  verb: string;
  /** Below `/api`; a part in braces stands for any one. */
  path: string;
  /** The value of the parameter `action`. */
  action?: string;
  /** As VMware names the service that has the call. */
  service: string;
  operation: string;
}

/** A call that is answered at once. */
export interface PlainRoute extends AnyRoute {
  handle(request: RestRequest & { session: Session }): Result | Promise<Result>;
}

/** A call that is there as a task alone. */
export interface TaskRoute extends AnyRoute {
  /** Judges a request, and says what is to be done. A task is judged when it is asked for, and again when it runs. */
  prepare(request: RestRequest): Effect;
  target?(slots: Record<string, string>): EntityReference;
}

export type Route = PlainRoute | TaskRoute;

/** Every call but the login, which is answered before anybody has a session. */
export type RoutedMethod = Exclude<RestMethod, "createSession">;

export type Routes = Record<RoutedMethod, Route>;

export const isTask = (route: Route): route is TaskRoute => "prepare" in route;
