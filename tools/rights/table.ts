import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accessTypesOf, METHODS } from "../../provider/systems/element/api/methods";
import type { Method } from "../../provider/systems/element/api/types";
import { projectRoot } from "../engine/paths";
import { type CalledMethods, calledMethods } from "./called-methods";

export const SECURITY_PAGE = join(projectRoot, "SECURITY.md");

const [BEGIN, END] = ["<!-- written by npm run generate -->", "<!-- end -->"];

/** The page on security, with its table of methods as the sources have it now. */
export function securityPage(called: CalledMethods = calledMethods()): string {
  const page = readFileSync(SECURITY_PAGE, "utf8");
  const [before = "", rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${SECURITY_PAGE} has no place between "${BEGIN}" and "${END}"`);
  return [before, BEGIN, `\n${rightsTable(called)}\n`, END, after].join("");
}

/** Each method that a resource calls: what it does, who may call it, and for which resources it is called. */
function rightsTable(called: CalledMethods): string {
  const callers = new Map<Method, string[]>();
  for (const [token, methods] of called) {
    for (const method of methods) callers.set(method, [...(callers.get(method) ?? []), token.split(":")[1] ?? token]);
  }
  const everyone = callers.get("GetAPI") ?? [];
  const rows = (Object.keys(METHODS) as Method[])
    .filter((method) => callers.has(method))
    .map((method) => {
      const names = callers.get(method) ?? [];
      const effect = METHODS[method].effect === "read" ? "reads" : "changes";
      const access = accessTypesOf(method).map((type) => `\`${type}\``);
      return [`\`${method}\``, effect, access.join(", "), names.length === everyone.length ? "all" : names.join(", ")];
    });
  const header = ["Method", "Effect", "Access types that may call it", "Called for"];
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
