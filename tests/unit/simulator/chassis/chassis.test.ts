import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FaultAction } from "../../../../simulator/chassis/fault-actions";
import { projectRoot } from "../../../../tools/engine/paths";
import { closeAfterTest, closeAll, temporaryFolder } from "../cleanup";
import { ask, type HttpAnswer } from "../https-caller";
import { Lighthouse } from "./lamps";

afterEach(closeAll);

async function start(options: Partial<Parameters<typeof Lighthouse.start>[0]> = {}): Promise<Lighthouse> {
  const house = await Lighthouse.start({ stateDir: await temporaryFolder(), ...options });
  closeAfterTest(() => house.close());
  return house;
}

/** Asks for a verb and a path: `GET /lamps`. */
async function request(house: Lighthouse, line: string): Promise<HttpAnswer> {
  const [verb, path = ""] = line.split(" ");
  return ask(house, { verb, path });
}

const jsonOf = async (answer: Promise<HttpAnswer>) => JSON.parse((await answer).body);

async function control(house: Lighthouse, line: string, body?: object): Promise<{ status: number; answer: unknown }> {
  const [method, path] = line.split(" ");
  const response = await fetch(`${house.controlEndpoint}${path}`, { method, body: body && JSON.stringify(body) });
  return { status: response.status, answer: await response.json() };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

test("every verb and path is a method with a name, by which the log knows it", async () => {
  const house = await start();
  expect(await request(house, "POST /lamps")).toMatchObject({ status: 201, headers: { location: "/lamps/1" } });
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
  const house = await start();
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

test.each<[what: string, action: FaultAction, seen: object, outcome: string]>([
  [
    "an error in the words of the API",
    { error: { name: "Fog", message: "wait" } },
    { status: 500, body: '{"problem":"Fog","message":"wait"}' },
    "Fog",
  ],
  ["a page", { httpStatus: 503, body: "later" }, { status: 503, contentType: "text/html", body: "later" }, "http-503"],
  ["null", { nullBody: true }, { status: 200, body: "null" }, "null-body"],
])("a rule for a method has it answered with %s, before it does anything", async (_, action, seen, outcome) => {
  const house = await start();
  house.faults.add({ method: "CREATELAMP", count: 1, action });
  expect(await request(house, "POST /lamps")).toMatchObject(seen);
  expect(house.state()).toEqual({ lamps: [] });
  expect(house.requests).toMatchObject([{ method: "createLamp", outcome }]);
  expect(await request(house, "POST /lamps")).toMatchObject({ status: 201 });
});

test("a rule loses an answer, and the effect stays", async () => {
  const house = await start();
  house.faults.add({ method: "createLamp", when: "after", action: { drop: true } });
  await expect(request(house, "POST /lamps")).rejects.toThrow(/hang up|ECONNRESET/);
  expect(house.state().lamps).toHaveLength(1);
});

test("a rule changes a result where the system has it, and no other answer", async () => {
  const house = await start();
  house.faults.add({ method: "*", action: { result: { "/light": "green", "/0/light": "blue" } } });
  expect(await jsonOf(request(house, "POST /lamps"))).toEqual({ id: 1, light: "green" });
  expect(await jsonOf(request(house, "GET /lamps"))).toMatchObject([{ id: 1, light: "blue" }]);
  expect((await request(house, "POST /soap")).body).toBe("<count>1</count>");
  expect(await jsonOf(request(house, "PUT /lamps/7"))).toEqual({ problem: "NoSuchLamp", message: "no lamp 7" });
});

test("a rule cuts an answer short, or sends it drop by drop, whatever its kind", async () => {
  const house = await start();
  house.faults.add({ method: "Count", count: 1, action: { truncate: true } });
  await expect(request(house, "POST /soap")).rejects.toThrow("aborted");
  house.faults.add({ method: "Count", count: 1, action: { dripMs: 1 } });
  expect((await request(house, "POST /soap")).body).toBe("<count>0</count>");
});

test("whoever acts before an answer is told of the method, when it has had its effect", async () => {
  const seen: unknown[] = [];
  const house: Lighthouse = await start({
    beforeAnswer: (method) => void seen.push(method, house.state().lamps.length),
  });
  await request(house, "POST /lamps");
  await request(house, "GET /moon");
  expect(seen).toEqual(["createLamp", 1]);
});

test("scripts see and change it from outside, and are told what they may say", async () => {
  const house = await start({ control: true });
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
  ["POST /faults", { method: "*", action: { fog: true } }, "an action is"],
  ["POST /mutate", { action: "polish" }, "action is one of smash"],
  ["POST /mutate", { action: "toString" }, "action is one of smash"],
  ["POST /mutate", { action: "smash", id: 7 }, "no lamp 7"],
])("%s with %j is refused from outside", async (line, body, complaint) => {
  const house = await start({ control: true });
  const { status, answer } = await control(house, line, body);
  expect({ status, answer }).toEqual({ status: 400, answer: { error: expect.stringContaining(complaint) } });
});

test("what it knows outlives it, and work that was under way is finished by the next", async () => {
  const stateDir = await temporaryFolder();
  const before = await start({ stateDir, switches: { warmingSeconds: 3600 } });
  await request(before, "POST /lamps");
  expect(await request(before, "PUT /lamps/1")).toMatchObject({ status: 202 });
  expect(before.state().lamps).toEqual([{ id: 1, light: "warming" }]);
  await before.close();
  const after = await start({ stateDir });
  await until(() => after.state().lamps[0]?.light === "on");
  expect(after.fingerprint256).toBe(before.fingerprint256);
  await after.close();
  expect((await start({ stateDir })).state()).toEqual({ lamps: [{ id: 1, light: "on" }] });
});

test("another certificate is presented to whoever connects from then on, and is kept", async () => {
  const stateDir = await temporaryFolder();
  const house = await start({ stateDir });
  const { certificate, username, password, endpoint } = house;
  await house.replaceCertificate();
  const before = { certificate, username, password, endpoint };
  await expect(ask(before, { verb: "GET", path: "/lamps" })).rejects.toThrow("self-signed");
  expect(await request(house, "GET /lamps")).toMatchObject({ status: 200 });
  await house.close();
  expect((await start({ stateDir })).fingerprint256).toBe(house.fingerprint256);
});

test("the chassis knows no system", () => {
  const folder = join(projectRoot, "simulator", "chassis");
  const imported = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), "utf8").matchAll(/ from "([^"]+)"/g)].map(([, target = ""]) => target),
  );
  const foreign = imported.filter((target) => !/^(node:|\.\/|node-forge$)/.test(target));
  expect([...new Set(foreign)]).toEqual(["../../kmip/open-connections"]);
});
