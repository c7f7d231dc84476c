import { isObject } from "../../chassis/json-object";
import type { RestMethod } from "../methods";

/** For the log: what stands in path, query and body, but for secrets. */
export function maskedParams(
  found: { method: RestMethod; slots: Record<string, string> } | undefined,
  query: URLSearchParams,
  body: string,
): Record<string, unknown> {
  return { ...found?.slots, ...Object.fromEntries(query), ...(found && bodyOf(found.method, body)) };
}

function bodyOf(method: RestMethod, body: string): object {
  if (method === "setKmsCredential") return { credential: "***" };
  try {
    const given: unknown = JSON.parse(body);
    if (!isObject(given)) return {};
    return "private_key" in given ? { ...given, private_key: "***" } : given;
  } catch {
    return {};
  }
}
