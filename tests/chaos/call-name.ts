import { routes } from "../../simulator/keyprotect/catalogue";

const REST = /^([A-Z]+) \/api\/v2(\/[^?]*)/;
const TOKEN = "POST /identity/token";

const patterns = Object.entries(routes).map(([method, { verb, path }]) => ({
  method,
  verb,
  pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`),
}));

/** The vendor's name of a call. JSON-RPC tells it; REST tells verb and path. */
export function callName(call: string): string {
  if (call.startsWith(TOKEN)) return "createToken";
  const [, verb, path = ""] = REST.exec(call) ?? [];
  if (verb === undefined) return call;
  const found = patterns.find((each) => each.verb === verb && each.pattern.test(path));
  if (found === undefined) throw new Error(`no call of Key Protect is ${call}`);
  return found.method;
}
