import fc from "fast-check";
import { authenticated, basic, SharedProof } from "../../../provider/connections/https/credentials";
import type { HttpAnswer } from "../../../provider/connections/https/transport";
import { isDisplayable } from "../../../provider/core/display";
import { isEkmError } from "../../../provider/core/errors";
import { ElementClient } from "../../../provider/systems/element/api/client";
import { clusterPlace } from "../../../provider/systems/element/api/peer";
import type { Result } from "../../../provider/systems/element/api/types";
import { hostileValue, TERMINAL_TEXTS } from "../../kit/hostile-values";
import { tries } from "../../kit/replay";

const clock = { now: () => new Date(), sleep: async () => {}, timeout: () => new AbortController().signal };

/** Calls a method of a cluster that gives this answer, however often it is asked; the result or the error's code. */
async function ask(
  answer: Omit<HttpAnswer, "headers">,
): Promise<{ result: unknown } | { code: string; message: string }> {
  const bare = { secrets: [], send: async () => ({ ...answer, headers: {} }), close: async () => {} };
  const transport = authenticated(bare, new SharedProof(basic("cluster", "admin", "a password"), clock));
  const client = new ElementClient(clusterPlace("east"), "https://192.0.2.1", transport, clock);
  try {
    return { result: await client.call("12.3", "ListKeyServersKmip", {}) };
  } catch (error) {
    if (isEkmError(error)) return { code: error.code, message: error.message };
    throw error;
  }
}

const valid = JSON.stringify({ id: 1, result: { kmipKeyServers: [] } });
const refusal = JSON.stringify({ id: 1, error: { code: 500, name: "xUnknown", message: "why" } });

const envelope = fc
  .record({ id: hostileValue, result: hostileValue, error: hostileValue }, { requiredKeys: [] })
  .map((members) => JSON.stringify(members));
const error = fc
  .record({ code: hostileValue, name: hostileValue, message: hostileValue }, { requiredKeys: [] })
  .map((members) => JSON.stringify({ id: 1, error: members }));
const mutated = fc
  .tuple(fc.constantFrom(valid, refusal), fc.nat(), fc.nat(6), fc.string({ unit: "binary", maxLength: 4 }))
  .map(([text, at, removed, added]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + added + text.slice(start + removed);
  });
const body = fc.oneof(envelope, error, mutated, fc.json(), fc.string({ unit: "binary" }));
const status = fc.oneof(fc.constant(200), fc.constantFrom(200, 301, 400, 401, 403, 404, 500, 503, 599));

test("whatever a cluster answers is a result or an error with a code", async () => {
  await fc.assert(
    fc.asyncProperty(status, body, async (status, body) => {
      const outcome = await ask({ status, body });
      if ("result" in outcome) return;
      expect(isDisplayable(outcome.message)).toBe(true);
      expect(outcome.message.length).toBeLessThan(3_000);
    }),
    tries(10_000),
  );
});

test.each(TERMINAL_TEXTS)("%j in a result reaches nobody's terminal, and line ends stay in PEM", async (text) => {
  const server = {
    keyServerID: 1,
    keyProviderID: null,
    kmipKeyServerName: text,
    kmipKeyServerHostnames: [text],
    kmipKeyServerPort: 5696,
    kmipCaCertificate: `a\r\n${text}\n`,
    kmipClientCertificate: "",
  };
  const outcome = await ask({ status: 200, body: JSON.stringify({ id: 1, result: { kmipKeyServers: [server] } }) });
  const [seen] = (outcome as { result: Result<"ListKeyServersKmip"> }).result.kmipKeyServers;
  expect([seen?.kmipKeyServerName, seen?.kmipKeyServerHostnames[0]].every((shown) => isDisplayable(shown ?? ""))).toBe(
    true,
  );
  expect(seen?.kmipCaCertificate).toMatch(/^a\r\n.*\n$/s);
  expect(isDisplayable(seen?.kmipCaCertificate.replaceAll(/\r?\n/g, "") ?? "")).toBe(true);
});

/** Envelopes in the manner of other servers. */
test.each<[what: string, body: string, code: string]>([
  ["a null error and no result", '{"id":1,"error":null}', "EKM_UNEXPECTED_ANSWER"],
  ["an error that is a text", '{"id":1,"error":"busy"}', "EKM_UNEXPECTED_ANSWER"],
  ["an error without a name", '{"id":1,"error":{"code":-32600,"message":"?"}}', "EKM_UNEXPECTED_ANSWER"],
  ["an error whose name is an object", '{"id":1,"error":{"name":{},"message":"?"}}', "EKM_UNEXPECTED_ANSWER"],
  ["a null result", '{"id":1,"result":null}', "EKM_UNEXPECTED_ANSWER"],
  ["a result that is a text", '{"id":1,"result":"ok"}', "EKM_UNEXPECTED_ANSWER"],
  ["a batch", `[${valid}]`, "EKM_UNEXPECTED_ANSWER"],
])("%s is no answer", async (_, body, code) => {
  expect(await ask({ status: 200, body })).toMatchObject({ code });
});
