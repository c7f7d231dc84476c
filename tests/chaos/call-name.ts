import { routes as keyProtect } from "../../simulator/keyprotect/catalogue";
import { routes as vcenter } from "../../simulator/vsphere/rest/catalogue";

/** Where a system's calls begin, by the vendor's names of them. */
const REST = [
  { base: "/api/v2", routes: keyProtect },
  { base: "/api", routes: vcenter },
];

/** How to log in is no route of a system. */
const LOGINS: Readonly<Record<string, string>> = {
  "POST /identity/token": "createToken",
  "POST /api/session": "createSession",
};

const patterns = REST.flatMap(({ base, routes }) =>
  Object.entries(routes).map(([method, { verb, path }]) => ({
    method,
    pattern: new RegExp(`^${verb} ${base}${path.replace(/\{[^}]+\}/g, "[^/]+")}$`),
  })),
);

/** The vendor's name of a call. JSON-RPC and SOAP tell it; REST tells verb and path. */
export function callName(call: string): string {
  const [line = ""] = call.split("?");
  if (!line.includes(" ")) return call;
  const name = LOGINS[line] ?? patterns.find(({ pattern }) => pattern.test(line))?.method;
  if (name === undefined) throw new Error(`no system has a call ${line}`);
  return name;
}
