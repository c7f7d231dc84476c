import { METHODS } from "../../provider/systems/element/api/methods";
import type { Method } from "../../provider/systems/element/api/types";
import { type DeclaredMethods, declaredMethods } from "./declared-methods";
import { CONNECTING } from "./described-methods";

/** Methods of key management and encryption that nothing calls, and why. */
export const NOT_USED: Readonly<Record<string, string>> = {
  GetKeyServerKmip:
    "The API has no known error for an id that does not exist: whether a server is there is decided by `ListKeyServersKmip`, which tells the same of it.",
  GetKeyProviderKmip: "As for key servers: `ListKeyProvidersKmip` decides.",
  ClearClusterFaults:
    "Takes faults off a list, and mends nothing. A fault whose cause is gone is resolved by the cluster itself.",
  GetFeatureStatus: "None of its features is key management or encryption at rest.",
  EnableFeature: "The same, and what it enables can never be switched off.",
  CreateCluster:
    "Is called on a node that is in no cluster yet: there is nothing a resource could look at, compare or destroy. Software encryption at rest is chosen there, and only there.",
};

/** Every method of the API for key management and encryption at rest: what calls it, or why nothing does. */
export function coveragePage(declared: DeclaredMethods = declaredMethods()): string {
  const used = (Object.keys(METHODS) as Method[]).filter((method) => usersOf(method, declared).length > 0);
  return `# Coverage of the Element API

<!-- Made by "npm run generate" from provider/systems/element/api/methods.ts and the doc comments of sdk/element. -->

Every method of the Element API for key management and encryption at rest, with what calls it. Tests record the calls of
each resource and look-up, and compare them with its doc comment.

| Method | Since | Called by |
| --- | --- | --- |
${used.map((method) => `| \`${method}\` | ${METHODS[method].since} | ${usersOf(method, declared).join(", ")} |`).join("\n")}

## Not called

| Method | Why |
| --- | --- |
${Object.entries(NOT_USED)
  .map(([method, reason]) => `| \`${method}\` | ${reason} |`)
  .join("\n")}
`;
}

function usersOf(method: Method, declared: DeclaredMethods): string[] {
  if (CONNECTING.includes(method)) return ["every resource and look-up, when it connects"];
  return [...declared].filter(([, methods]) => methods.includes(method)).map(([name]) => `\`${name}\``);
}
