import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BackgroundJobs } from "../../../simulator/chassis/background-jobs";
import { projectRoot } from "../../../tools/engine/paths";
import { closeAll, temporaryFolder } from "../cleanup";
import { ask } from "../https-caller";
import { jsonOf, request, startLighthouse } from "./houses";
import type { Lighthouse } from "./lamps";

afterEach(closeAll);

async function control(house: Lighthouse, line: string, body?: object): Promise<{ status: number; answer: unknown }> {
  const [method, path] = line.split(" ");
  const response = await fetch(`${house.controlEndpoint}${path}`, { method, body: body && JSON.stringify(body) });
  return { status: response.status, answer: await response.json() };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

test("every verb and path is a method with a name, by which the log knows it", async () => {
  const house = await startLighthouse();
  expect(await request(house, "POST /lamps")).toMatchObject({
    status: 201,
    contentType: "application/vnd.lamp+json",
    headers: { location: "/lamps/1" },
  });
  expect(await request(house, "GET /lamps")).toMatchObject({ status: 200, contentType: "application/json" });
  expect(await request(house, "POST /soap")).toMatchObject({ contentType: "text/xml", body: "<count>1</count>" });
  expect(await request(house, "DELETE /lamps/1")).toMatchObject({ status: 204, contentType: "", body: "" });
  expect(await jsonOf(request(house, "DELETE /lamps/1"))).toEqual({ problem: "NoSuchLamp", message: "no lamp 1" });
  expect(house.requests.map(({ method, params, outcome }) => [method, params, outcome])).toEqual([
    ["createLamp", {}, "ok"],
    ["listLamps", {}, "ok"],
    ["Count", {}, "ok"],
    ["deleteLamp", { id: 1 }, "ok"],
    ["deleteLamp", { id: 1 }, "NoSuchLamp"],
  ]);
  expect(house.calls("deleteLamp")).toHaveLength(2);
});

test("a request that is turned away meets no fault rule", async () => {
  const house = await startLighthouse();
  house.faults.add({ method: "*", action: { drop: true } });
  const stranger = { endpoint: house.endpoint, certificate: house.certificate, username: "moth", password: "" };
  expect(await ask(stranger, { verb: "GET", path: "/lamps" })).toMatchObject({ status: 401 });
  expect(await request(house, "GET /moon")).toMatchObject({ status: 404 });
  expect(house.requests.map(({ method, outcome }) => [method, outcome])).toEqual([
    ["listLamps", "NotLoggedIn"],
    ["", "NoSuchPath"],
  ]);
  expect(house.faults.list()).toMatchObject([{ hits: 0 }]);
});

test("whoever acts before an answer is told of the method, when it has had its effect", async () => {
  const seen: unknown[] = [];
  const house: Lighthouse = await startLighthouse({
    beforeAnswer: (method) => void seen.push(method, house.state().lamps.length),
  });
  await request(house, "POST /lamps");
  await request(house, "GET /moon");
  expect(seen).toEqual(["createLamp", 1]);
});

test("scripts see and change it from outside, and are told what they may say", async () => {
  const house = await startLighthouse({ control: true });
  await request(house, "POST /lamps");
  expect(await control(house, "GET /state")).toEqual({
    status: 200,
    answer: { lamps: [{ id: 1, light: "off" }], handshakes: 1 },
  });
  expect((await control(house, "GET /requests")).answer).toMatchObject([{ method: "createLamp" }]);
  expect(await control(house, "GET /night")).toEqual({ status: 200, answer: { dark: true } });
  expect((await control(house, "PUT /switches", { colour: "red" })).status).toBe(200);
  expect(house.switches).toEqual({ warmingSeconds: 0, colour: "red" });
  expect((await control(house, "POST /faults", { method: "*", action: { drop: true } })).answer).toEqual({ id: 1 });
  expect((await control(house, "GET /faults")).answer).toMatchObject([{ id: 1, method: "*", hits: 0 }]);
  await control(house, "DELETE /faults");
  expect(house.faults.list()).toEqual([]);
  expect(await control(house, "POST /mutate", { action: "smash", id: 1 })).toEqual({
    status: 200,
    answer: { lamps: [] },
  });
});

test.each<[line: string, body: object, complaint: string]>([
  ["PUT /switches", { color: "red" }, "there is no switch named color; there are warmingSeconds, colour"],
  ["PUT /switches", { colour: "green" }, 'switch colour takes "white" or "red", not "green"'],
  ["POST /faults", { action: { drop: true } }, "a rule has a method"],
  ["POST /faults", { method: "*", where: "id" }, "where is an object"],
  ["POST /faults", { method: "*", action: { fog: true } }, "an action is"],
  ["POST /mutate", { action: "polish" }, "action is one of smash"],
  ["POST /mutate", { action: "toString" }, "action is one of smash"],
  ["POST /mutate", { action: "smash", id: 7 }, "no lamp 7"],
])("%s with %j is refused from outside", async (line, body, complaint) => {
  const house = await startLighthouse({ control: true });
  const { status, answer } = await control(house, line, body);
  expect({ status, answer }).toEqual({ status: 400, answer: { error: expect.stringContaining(complaint) } });
});

test("what it knows outlives it, and work that was under way is finished by the next", async () => {
  const stateDir = await temporaryFolder();
  const before = await startLighthouse({ stateDir, switches: { warmingSeconds: 3600 } });
  await request(before, "POST /lamps");
  expect(await request(before, "PUT /lamps/1")).toMatchObject({ status: 202 });
  expect(before.state().lamps).toEqual([{ id: 1, light: "warming" }]);
  await before.close();
  const after = await startLighthouse({ stateDir });
  await until(() => after.state().lamps[0]?.light === "on");
  expect(after.fingerprint256).toBe(before.fingerprint256);
  await after.close();
  expect((await startLighthouse({ stateDir })).state()).toEqual({ lamps: [{ id: 1, light: "on" }] });
});

test("work that is to begin when the system has closed is left to the next start", async () => {
  const jobs = new BackgroundJobs();
  await jobs.close();
  const task = jest.fn(async () => {});
  jobs.start(task);
  expect(task).not.toHaveBeenCalled();
});

test("another certificate is presented to whoever connects from then on, and is kept", async () => {
  const stateDir = await temporaryFolder();
  const house = await startLighthouse({ stateDir });
  const { certificate, username, password, endpoint } = house;
  await house.replaceCertificate();
  const before = { certificate, username, password, endpoint };
  await expect(ask(before, { verb: "GET", path: "/lamps" })).rejects.toThrow("self-signed");
  expect(await request(house, "GET /lamps")).toMatchObject({ status: 200 });
  await house.close();
  expect((await startLighthouse({ stateDir })).fingerprint256).toBe(house.fingerprint256);
});

test("a second address has a certificate of its own and other answers, and shares log, faults and end", async () => {
  const house = await startLighthouse();
  const harbour = { ...(await house.openHarbour()), username: "", password: "" };
  expect(await ask(harbour, { verb: "GET", path: "/ships" })).toMatchObject({ status: 204 });
  expect(await ask(harbour, { verb: "GET", path: "/lamps" })).toMatchObject({ status: 404 });
  expect(harbour.certificate).not.toBe(house.certificate);
  await expect(ask({ ...harbour, endpoint: house.endpoint }, { path: "/lamps" })).rejects.toThrow("self-signed");
  expect(await request(house, "GET /lamps")).toMatchObject({ status: 200 });
  expect(house.requests.map(({ method }) => method)).toEqual(["seeHarbour", "seeHarbour", "listLamps"]);
  expect(house.handshakes).toBe(3);
  await house.close();
  await expect(ask(harbour, { path: "/ships" })).rejects.toThrow("ECONNREFUSED");
});

test("the chassis knows no system", () => {
  const folder = join(projectRoot, "simulator", "chassis");
  const imported = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/ from "([^"]+)"/g)].map(([, target = ""]) => target),
  );
  const foreign = imported.filter((target) => !/^(node:|\.\/|node-forge$)/.test(target));
  expect([...new Set(foreign)]).toEqual(["../../kmip/open-connections"]);
});
