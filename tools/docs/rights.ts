import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../engine/paths";
import { APIS, type Api, describedResources } from "./apis";

/** Where it is kept, from the project's folder. */
export const SECURITY_PAGE = "SECURITY.md";

const beginOf = ({ module }: Api): string => `<!-- written by npm run generate: ${module} -->`;
const END = "<!-- end -->";

/** The page on security, with its tables of methods as the descriptions have them now. */
export const securityPage = (): string =>
  APIS.reduce(
    (page, api) => {
      const [before = "", rest] = page.split(beginOf(api));
      const end = rest?.indexOf(END) ?? -1;
      if (rest === undefined || end < 0) throw new Error(`${SECURITY_PAGE} has no place for the rights on ${api.name}`);
      return [before, beginOf(api), `\n${rightsTable(api)}\n`, rest.slice(end)].join("");
    },
    readFileSync(join(projectRoot, SECURITY_PAGE), "utf8"),
  );

/** Each method that a resource calls: what it does, who may call it, and for which resources it is called. */
function rightsTable({ module, calls, connecting, rights, allRights }: Api): string {
  const resources = describedResources()
    .filter(([name]) => name.startsWith(`${module}.`))
    .map(([name, methods]) => [name, [...connecting, ...methods]] as const);
  const rows = Object.entries(calls).flatMap(([method, { effect, access = [] }]) => {
    const callers = resources.filter(([, methods]) => methods.includes(method)).map(([name]) => name.split(".")[1]);
    if (callers.length === 0) return [];
    const allowed = [...allRights, ...access].map((each) => `\`${each}\``).join(", ");
    const calledFor = callers.length === resources.length ? "all" : callers.join(", ");
    return [[`\`${method}\``, effect === "read" ? "reads" : "changes", allowed, calledFor]];
  });
  const header = ["Method", "Effect", rights, "Called for"];
  return [header, header.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
