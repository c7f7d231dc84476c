import { request as httpsRequest } from "node:https";
import { type FaultAction, isFaultAction } from "../../../simulator/chassis/fault-actions";
import { closeAll } from "../cleanup";
import { jsonOf, request, startLighthouse } from "./houses";

afterEach(closeAll);

const fog = { error: { name: "Fog", message: "wait" } };

test.each<[what: string, action: FaultAction, seen: object, outcome: string]>([
  ["an error in the words of the API", fog, { status: 500, body: '{"problem":"Fog","message":"wait"}' }, "Fog"],
  ["a page", { httpStatus: 503, body: "later" }, { status: 503, contentType: "text/html", body: "later" }, "http-503"],
  [
    "headers",
    { httpStatus: 429, body: "{}", headers: { "Retry-After": "7", "Content-Type": "application/json" } },
    { status: 429, contentType: "application/json", headers: { "retry-after": "7" }, body: "{}" },
    "http-429",
  ],
  ["null", { nullBody: true }, { status: 200, contentType: "application/json", body: "null" }, "null-body"],
])("a rule for a method has it answered with %s, before it does anything", async (_, action, seen, outcome) => {
  const house = await startLighthouse();
  house.faults.add({ method: "CREATELAMP", count: 1, action });
  expect(await request(house, "POST /lamps")).toMatchObject(seen);
  expect(house.state()).toEqual({ lamps: [] });
  expect(house.requests).toMatchObject([{ method: "createLamp", outcome }]);
  expect(await request(house, "POST /lamps")).toMatchObject({ status: 201 });
  expect(house.faults.list()).toMatchObject([{ hits: 1 }]);
});

test("a connection that breaks after the effect leaves the effect", async () => {
  const house = await startLighthouse();
  house.faults.add({ method: "createLamp", count: 1, when: "after", action: { drop: true } });
  await expect(request(house, "POST /lamps")).rejects.toThrow(/hang up|ECONNRESET/);
  expect(house.state().lamps).toHaveLength(1);
  expect(house.calls("createLamp")).toMatchObject([{ outcome: "dropped" }]);
});

test("skip lets calls pass first, other methods are not touched, clear ends it", async () => {
  const house = await startLighthouse();
  house.faults.add({ method: "listLamps", skip: 1, action: { httpStatus: 503, body: "busy" } });
  expect((await request(house, "GET /lamps")).status).toBe(200);
  expect(await request(house, "GET /lamps")).toMatchObject({ status: 503, body: "busy" });
  expect((await request(house, "POST /soap")).status).toBe(200);
  house.faults.clear();
  expect((await request(house, "GET /lamps")).status).toBe(200);
});

test("a rule without an action delays the answer only", async () => {
  const house = await startLighthouse();
  house.faults.add({ method: "*", delayMs: 150 });
  const begin = performance.now();
  expect((await request(house, "GET /lamps")).status).toBe(200);
  expect(performance.now() - begin).toBeGreaterThanOrEqual(145);
});

test("disabled rules and rules of probability zero never hit", async () => {
  const house = await startLighthouse();
  house.faults.add({ method: "*", enabled: false, action: fog });
  house.faults.add({ method: "*", probability: 0, action: fog });
  for (let asked = 0; asked < 20; asked += 1) expect((await request(house, "GET /lamps")).status).toBe(200);
  expect(house.faults.list().map(({ hits }) => hits)).toEqual([0, 0]);
});

test("a probability hits that share of the calls", async () => {
  const house = await startLighthouse();
  house.faults.add({ method: "listLamps", probability: 0.5, action: fog });
  const answers = await Promise.all(Array.from({ length: 60 }, () => request(house, "GET /lamps")));
  const hit = answers.filter(({ status }) => status === 500).length;
  expect(hit).toBeGreaterThan(8);
  expect(hit).toBeLessThan(52);
});

test("a rule changes a result where the system has it, and no other answer", async () => {
  const house = await startLighthouse();
  house.faults.add({ method: "*", action: { result: { "/light": "green", "/0/light": "blue" } } });
  expect(await jsonOf(request(house, "POST /lamps"))).toEqual({ id: 1, light: "green" });
  expect(await jsonOf(request(house, "GET /lamps"))).toMatchObject([{ id: 1, light: "blue" }]);
  expect((await request(house, "POST /soap")).body).toBe("<count>1</count>");
  expect(await jsonOf(request(house, "PUT /lamps/7"))).toEqual({ problem: "NoSuchLamp", message: "no lamp 7" });
});

test("a rule changes the text of an answer that is not JSON, word for word", async () => {
  const house = await startLighthouse();
  house.faults.add({ method: "*", action: { replaceText: { "<count>": "<sum $&>", "0": "1" } } });
  expect((await request(house, "POST /soap")).body).toBe("<sum $&>1</count>");
  expect(await jsonOf(request(house, "GET /lamps"))).toEqual([]);
});

test("a rule hits calls with its parameters alone", async () => {
  const house = await startLighthouse();
  for (let made = 0; made < 2; made += 1) await request(house, "POST /lamps");
  house.faults.add({ method: "*", where: { id: 2 }, action: fog });
  expect((await request(house, "PUT /lamps/1")).status).toBe(202);
  expect((await request(house, "PUT /lamps/2")).status).toBe(500);
  expect((await request(house, "GET /lamps")).status).toBe(200);
});

async function disturbed(action: FaultAction) {
  const house = await startLighthouse();
  house.faults.add({ method: "createLamp", action });
  return house;
}

test("a truncated answer promises more than it holds", async () => {
  const house = await disturbed({ truncate: true });
  await expect(request(house, "POST /lamps")).rejects.toThrow("aborted");
  expect(house.state().lamps).toHaveLength(1);
});

test("a padded answer is as long as the rule says, and an answer all the same", async () => {
  const { status, body } = await request(await disturbed({ padToBytes: 200_000 }), "POST /lamps");
  expect(body).toHaveLength(200_000);
  expect({ status, lamp: JSON.parse(body) }).toEqual({ status: 201, lamp: { id: 1, light: "off" } });
});

test("a dripping answer takes its time for each byte", async () => {
  const house = await disturbed({ dripMs: 1 });
  const began = performance.now();
  const { body } = await request(house, "POST /lamps");
  expect(JSON.parse(body)).toEqual({ id: 1, light: "off" });
  expect(performance.now() - began).toBeGreaterThanOrEqual(body.length);
});

test("a silent system answers nothing, and the connection stays until it closes", async () => {
  const house = await disturbed({ silence: true });
  const outcome = request(house, "POST /lamps").catch(({ code }) => code);
  while (house.calls("createLamp").length === 0) await new Promise(setImmediate);
  expect(await Promise.race([outcome, new Promise((resolve) => setTimeout(resolve, 100, "open"))])).toBe("open");
  expect(house.calls("createLamp")).toMatchObject([{ outcome: "unanswered" }]);
  expect(house.state().lamps).toEqual([]);
  house.breakConnections();
  expect(await outcome).toBe("ECONNRESET");
});

test("whoever has enough of a long answer does not disturb the system", async () => {
  const house = await disturbed({ padToBytes: 100_000_000 });
  const { certificate: ca, username, password, endpoint } = house;
  await new Promise<void>((resolve) => {
    const options = { method: "POST", ca, auth: `${username}:${password}`, agent: false } as const;
    const outgoing = httpsRequest(`${endpoint}/lamps`, options, (answer) =>
      answer.once("data", () => answer.destroy()),
    );
    outgoing.on("close", resolve).end();
  });
  expect((await request(house, "GET /lamps")).status).toBe(200);
});

test.each([
  ["drop"],
  [null],
  [{}],
  [{ drop: 1 }],
  [{ truncate: false }],
  [{ padToBytes: -1 }],
  [{ dripMs: 0.5 }],
  [{ result: [] }],
  [{ result: { member: 1 } }],
  [{ replaceText: "count" }],
  [{ replaceText: { count: 1 } }],
  [{ httpStatus: 429, headers: { "Retry-After": 7 } }],
  [{ httpStatus: 429, headers: "Retry-After: 7" }],
])("%j is no action", (value) => {
  expect(isFaultAction(value)).toBe(false);
});
