import { APIS, type Api } from "./apis";
import { type DeclaredMethods, declaredMethods } from "./declared-methods";

/** Every method of the APIs for what this package is about: what calls it, or why nothing does. */
export const coveragePage = (declared: DeclaredMethods = declaredMethods()): string => `# Coverage of the APIs

<!-- Made by "npm run generate" from the descriptions of resources and the doc comments of look-ups. -->

Every method of each system's API for what this package is about, with what calls it. Tests record the calls of each
resource and look-up, and compare them with what is said here.
${APIS.map((api) => sectionOf(api, declared)).join("")}`;

function sectionOf(api: Api, declared: DeclaredMethods): string {
  const used = Object.keys(api.calls).filter((method) => usersOf(api, method, declared).length > 0);
  return `
## ${api.name}: ${api.subject}

| Method | Since | Called by |
| --- | --- | --- |
${used.map((method) => `| \`${method}\` | ${api.calls[method]?.since} | ${usersOf(api, method, declared).join(", ")} |`).join("\n")}

Not called:

| Method | Why |
| --- | --- |
${Object.entries(api.notUsed)
  .map(([method, reason]) => `| \`${method}\` | ${reason} |`)
  .join("\n")}
`;
}

function usersOf({ module, connecting }: Api, method: string, declared: DeclaredMethods): string[] {
  if (connecting.includes(method)) return ["every resource and look-up, when it connects"];
  return [...declared]
    .filter(([name, methods]) => name.startsWith(`${module}.`) && methods.includes(method))
    .map(([name]) => `\`${name}\``);
}
