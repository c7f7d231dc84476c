import { isObject } from "../../chassis/json-object";
import { texts } from "../../chassis/kinds";
import { readStructure, structure } from "./bodies";
import type { PlainRoute } from "./route";
import { cancelTask, hasAgedOut, infoOf, taskNamed } from "./tasks";

const TASKS = "com.vmware.cis.tasks";
const SESSION = "com.vmware.cis.session";
const MOST_TASKS = 1000;

/** Sessions and tasks. Who logs in is read elsewhere, because nobody is logged in yet. */
export const cisRoutes = {
  getSession: {
    verb: "GET",
    path: "/session",
    service: SESSION,
    operation: "get",
    handle: ({ session: { user, createdAt, lastAccessedAt } }) => ({
      json: { user, created_time: createdAt.toISOString(), last_accessed_time: lastAccessedAt.toISOString() },
    }),
  },

  deleteSession: {
    verb: "DELETE",
    path: "/session",
    service: SESSION,
    operation: "delete",
    handle({ vcenter, session }) {
      vcenter.sessions.end(session);
      return {};
    },
  },

  getTask: {
    verb: "GET",
    path: "/cis/tasks/{task}",
    service: TASKS,
    operation: "get",
    handle: ({ vcenter, slots: { task = "" }, query }) => ({
      json: infoOf(vcenter, taskNamed(vcenter, task), query.get("exclude_result") !== "true"),
    }),
  },

  listTasks: {
    verb: "POST",
    path: "/cis/tasks",
    action: "list",
    service: TASKS,
    operation: "list",
    handle({ vcenter, body = {} }) {
      const { filter_spec = {} } = readStructure<ListSpec>(body, listSpec);
      const { tasks, services } = filter_spec;
      const found = vcenter.state.tasks.filter(
        (task) =>
          !hasAgedOut(vcenter, task) &&
          (tasks === undefined || tasks.includes(task.id)) &&
          (services === undefined || services.includes(task.service)),
      );
      return {
        json: Object.fromEntries(found.slice(-MOST_TASKS).map((task) => [task.id, infoOf(vcenter, task)])),
      };
    },
  },

  cancelTask: {
    verb: "POST",
    path: "/cis/tasks/{task}",
    action: "cancel",
    service: TASKS,
    operation: "cancel",
    async handle({ vcenter, slots: { task = "" } }) {
      await cancelTask(vcenter, taskNamed(vcenter, task));
      return {};
    },
  },
} satisfies Record<string, PlainRoute>;

interface ListSpec {
  filter_spec: { tasks?: string[]; services?: string[] };
  result_spec: object;
}

const listSpec = {
  filter_spec: structure<ListSpec["filter_spec"]>({ tasks: texts, services: texts }),
  result_spec: { expected: "an object", accept: (value: unknown) => (isObject(value) ? value : undefined) },
};
