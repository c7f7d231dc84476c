import type { FaultRule } from "../../../simulator";
import { closeAll, temporaryFolder } from "../../simulator/cleanup";
import { CLUSTER, createSpec, PROVIDERS } from "./rest-caller";
import { startVCenter, startWithCallers } from "./vcenters";

afterEach(closeAll);

const LIST = `GET ${PROVIDERS}`;

test("every kms call is a task, a read too: pending, running, done, and the same however often it is asked for", async () => {
  const { clock, vcenter, rest } = await startWithCallers({ switches: { taskSeconds: 4 } });
  const { status, json: id } = await rest.start(LIST);
  expect({ status, id }).toEqual({
    status: 202,
    id: expect.stringMatching(/^[0-9a-f-]{36}:com\.vmware\..*providers$/),
  });
  const always = {
    description: { id: expect.any(String), default_message: expect.any(String), args: [] },
    service: "com.vmware.vcenter.trusted_infrastructure.trust_authority_clusters.kms.providers",
    operation: "list",
    target: { type: "ClusterComputeResource", id: "domain-c8" },
    user: vcenter.username,
  };
  expect((await rest.poll(id)).json).toEqual({ ...always, status: "PENDING", cancelable: true });
  const progress = (completed: number) => ({ total: 100, completed, message: expect.anything() });
  const untilStatus = async (wanted: string) => {
    for (;;) {
      const { json } = await rest.poll(id);
      if (json.status === wanted) return json;
    }
  };
  clock.advance({ seconds: 2 });
  const start_time = clock.now().toISOString();
  expect(await untilStatus("RUNNING")).toEqual({
    ...{ ...always, status: "RUNNING", cancelable: false, progress: progress(50), start_time },
  });
  clock.advance({ seconds: 2 });
  const end_time = clock.now().toISOString();
  const ended = { status: "SUCCEEDED", cancelable: false, progress: progress(100), start_time, end_time, result: [] };
  expect(await untilStatus("SUCCEEDED")).toEqual({ ...always, ...ended });
  expect((await rest.poll(id)).json).toEqual({ ...always, ...ended });
  const { result: _, ...without } = ended;
  const line = `GET /cis/tasks/${encodeURIComponent(id)}?exclude_result=true`;
  expect((await rest.send(line)).json).toEqual({ ...always, ...without });
});

test("a call without vmw-task=true is refused, or as the switch says", async () => {
  const { vcenter, rest } = await startWithCallers();
  expect(await rest.send(LIST)).toMatchObject({ status: 400, json: { error_type: "INVALID_ARGUMENT" } });
  vcenter.switches.withoutTaskParameter = "startTask";
  vcenter.switches.taskOperationSuffix = true;
  const { status, json } = await rest.send(LIST);
  expect({ status, operation: (await rest.poll(json)).json.operation }).toEqual({
    status: 202,
    operation: "list$task",
  });
});

test.each(["http", "task"] as const)("refusals arrive by %s", async (errorChannel) => {
  const { rest } = await startWithCallers({ switches: { errorChannel } });
  await rest.create("kp", 1);
  const { status, json } = await rest.start(`POST ${PROVIDERS}`, createSpec("kp", 1));
  expect(status).toBe(errorChannel === "http" ? 400 : 202);
  if (errorChannel === "http") expect(json).toMatchObject({ error_type: "ALREADY_EXISTS" });
  expect(await rest.task(`POST ${PROVIDERS}`, createSpec("kp", 1))).toMatchObject({ error: "ALREADY_EXISTS" });
  expect(await rest.task(`GET ${PROVIDERS}/none`)).toMatchObject({ error: "NOT_FOUND" });
});

test("two that are asked for at once are judged again when they run", async () => {
  const { clock, rest } = await startWithCallers({ switches: { taskSeconds: 1 } });
  const starts = [await rest.start(`POST ${PROVIDERS}`, createSpec("kp", 1))];
  starts.push(await rest.start(`POST ${PROVIDERS}`, createSpec("kp", 1)));
  expect(starts.map(({ status }) => status)).toEqual([202, 202]);
  clock.advance({ seconds: 1 });
  const statuses = async () => Promise.all(starts.map(async ({ json }) => (await rest.poll(json)).json.status));
  for (;;) {
    const now = await statuses();
    if (!now.some((status) => ["PENDING", "RUNNING"].includes(status))) break;
  }
  expect(await statuses()).toEqual(["SUCCEEDED", "FAILED"]);
});

test("a task ages out, and nobody knows one that never was", async () => {
  const { clock, rest } = await startWithCallers({ switches: { taskRetentionSeconds: 10 } });
  await rest.result(LIST);
  const { json: id } = await rest.start(LIST);
  while ((await rest.poll(id)).json.status !== "SUCCEEDED");
  clock.advance({ seconds: 10 });
  expect((await rest.poll(id)).status).toBe(200);
  clock.advance({ seconds: 1 });
  expect(await rest.poll(id)).toMatchObject({ status: 404, json: { error_type: "NOT_FOUND" } });
  expect(await rest.poll("none")).toMatchObject({ status: 404 });
  expect((await rest.send("POST /cis/tasks?action=list", "{}")).json).toEqual({});
});

test("tasks are listed, by id and by service, and a pending one is cancelled", async () => {
  const { rest } = await startWithCallers({ switches: { taskSeconds: 3600 } });
  const ids = [(await rest.start(LIST)).json, (await rest.start(`GET ${CLUSTER}/kms/service-status`)).json];
  const listed = async (filter_spec: object) =>
    Object.keys((await rest.send("POST /cis/tasks?action=list", JSON.stringify({ filter_spec }))).json);
  expect(await listed({})).toEqual(ids);
  expect(await listed({ tasks: [ids[1]] })).toEqual([ids[1]]);
  expect(await listed({ services: [ids[0].split(":")[1]] })).toEqual([ids[0]]);
  const cancel = `POST /cis/tasks/${ids[0]}?action=cancel`;
  expect((await rest.send(cancel)).status).toBe(204);
  expect((await rest.poll(ids[0])).json).toMatchObject({ status: "FAILED", error: { error_type: "CANCELED" } });
  expect(await rest.send(cancel)).toMatchObject({ status: 400 });
});

test("a task that a vCenter has not done when it ends is done by the next, with its secrets", async () => {
  const stateDir = await temporaryFolder();
  const before = await startWithCallers({ stateDir, switches: { taskSeconds: 3600 } });
  await before.vcenter.mutate(() => undefined);
  const { json: id } = await before.rest.start(`POST ${PROVIDERS}`, createSpec("kp", 1));
  await before.vcenter.close();
  const { vcenter, rest } = await startWithCallers({ stateDir });
  while ((await rest.poll(id)).json.status !== "SUCCEEDED");
  expect(await rest.result(LIST)).toEqual([{ provider: "kp", health: expect.any(String) }]);
  await vcenter.close();
  expect((await startVCenter({ stateDir })).state().tasks).toEqual(vcenter.state().tasks);
});

test.each<[FaultRule, object]>([
  [
    { method: "listKmsProviders", action: { error: { name: "ALREADY_EXISTS", message: "so" } } },
    { error: "ALREADY_EXISTS" },
  ],
  [{ method: "listKmsProviders", action: { error: { name: "notFound", message: "so" } } }, { error: "NOT_FOUND" }],
  [
    { method: "listKmsProviders", action: { error: { name: "TIMED_OUT", message: "so" } } },
    { error: "TIMED_OUT", message: "so" },
  ],
  [
    { method: "listKmsProviders", action: { error: { name: "UNAUTHENTICATED", message: "" } } },
    { error: "UNAUTHENTICATED" },
  ],
  [
    { method: "getTask", where: { of: "listKmsProviders" }, action: { result: { "/result": [{ provider: "lie" }] } } },
    { result: [{ provider: "lie" }] },
  ],
  [{ method: "getTask", where: { of: "getKmsProvider" }, action: { result: { "/result": "lie" } } }, { result: [] }],
])("with the fault %j a list comes to %j", async (fault, outcome) => {
  const { vcenter, rest } = await startWithCallers();
  vcenter.faults.add(fault);
  expect(await rest.task(LIST)).toMatchObject(outcome);
});
