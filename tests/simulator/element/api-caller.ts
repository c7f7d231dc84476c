import type { Method, Params, Result, RpcResponse } from "../../../provider/systems/element/api/types";
import { ask, type HttpAnswer, type Target } from "../https-caller";

/** One request with a body of its own, nothing interpreted. */
export function post(
  target: Target,
  body: string,
  path = "/json-rpc/12.3",
  { method = "POST", headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<HttpAnswer> {
  return ask(target, { verb: method, path, headers, body });
}

/** The whole answer to a call, whatever the parameters. */
export async function rawCall(
  target: Target,
  method: string,
  params?: unknown,
  { id, version = "12.3" }: { id?: unknown; version?: string } = {},
): Promise<RpcResponse> {
  const answer = await post(target, JSON.stringify({ method, params, id }), `/json-rpc/${version}`);
  expect(answer.status).toBe(200);
  return JSON.parse(answer.body) as RpcResponse;
}

/** A call that succeeds. */
export async function call<M extends Method>(target: Target, method: M, params?: Params<M>): Promise<Result<M>> {
  const { result, error } = await rawCall(target, method, params);
  if (error) throw new Error(`${method}: ${error.name}: ${error.message}`);
  return result as Result<M>;
}

/** The error of a call that is refused. */
export async function refusal(target: Target, method: string, params?: unknown) {
  const response = await rawCall(target, method, params);
  expect(response).not.toHaveProperty("result");
  return response.error as { code: number; name: string; message: string };
}

/** Asks until `settled` says so; the test's own time limit ends what never settles. */
export async function pollUntil<T>(ask: () => Promise<T>, settled: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await ask();
    if (settled(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The outcome of a job, which stays readable. */
export async function completed(target: Target, asyncHandle: number): Promise<Result<"GetAsyncResult">> {
  return pollUntil(
    () => call(target, "GetAsyncResult", { asyncHandle, keepResult: true }),
    (result) => result.status === "complete",
  );
}
