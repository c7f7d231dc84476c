import { readFileSync } from "node:fs";
import { join } from "node:path";
import { accessTypesOf, METHODS } from "../../provider/systems/element/api/methods";
import type { Method } from "../../provider/systems/element/api/types";
import { projectRoot } from "../engine/paths";
import { CONNECTING, describedResources } from "./described-methods";

/** Where it is kept, from the project's folder. */
export const SECURITY_PAGE = "SECURITY.md";

const [BEGIN, END] = ["<!-- written by npm run generate -->", "<!-- end -->"];

/** The page on security, with its table of methods as the descriptions have it now. */
export function securityPage(): string {
  const page = readFileSync(join(projectRoot, SECURITY_PAGE), "utf8");
  const [before = "", rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${SECURITY_PAGE} has no place between "${BEGIN}" and "${END}"`);
  return [before, BEGIN, `\n${rightsTable()}\n`, END, after].join("");
}

/** Each method that a resource calls: what it does, who may call it, and for which resources it is called. */
function rightsTable(): string {
  const resources = describedResources().map(([name, methods]) => [name, [...CONNECTING, ...methods]] as const);
  const rows = (Object.keys(METHODS) as Method[]).flatMap((method) => {
    const callers = resources.filter(([, methods]) => methods.includes(method)).map(([name]) => name.split(".")[1]);
    if (callers.length === 0) return [];
    const effect = METHODS[method].effect === "read" ? "reads" : "changes";
    const access = accessTypesOf(method).map((type) => `\`${type}\``);
    const calledFor = callers.length === resources.length ? "all" : callers.join(", ");
    return [[`\`${method}\``, effect, access.join(", "), calledFor]];
  });
  const header = ["Method", "Effect", "Access types that may call it", "Called for"];
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
