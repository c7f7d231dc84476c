import type { Description } from "../../provider/core/resource/description";
import { registry } from "../../provider/systems/registry";
import { classNameOf, classText, fileNameOf } from "./classes";
import { formatted } from "./formatted";

/** The classes of the SDK for Node that are made from descriptions, by path from the project's folder. */
export function classFiles(): Readonly<Record<string, string>> {
  const descriptions = Object.values<{ description: Description }>(registry)
    .map(({ description }) => description)
    .filter(({ inComponent }) => !inComponent);
  const modules = Map.groupBy(descriptions, ({ token }) => token.split(":")[0] ?? "");
  return Object.fromEntries([
    ...descriptions.map((description) => file(pathOf(description), classText(description))),
    ...[...modules].map(([module, members]) => file(`sdk/${module}/resources.ts`, exportsOf(members))),
  ]);
}

const file = (path: string, text: string): [path: string, text: string] => [path, formatted(path, text)];

/** Such as `sdk/element/key-server.ts`. */
function pathOf({ token }: Description): string {
  const [module] = token.split(":");
  return `sdk/${module}/${fileNameOf(classNameOf(token))}.ts`;
}

/** What a name space of the SDK has of them. */
const exportsOf = (descriptions: readonly Description[]): string =>
  [
    '// Made by "npm run generate" from the catalogue in provider/systems/registry.ts.',
    ...descriptions
      .map(({ token }) => classNameOf(token))
      .sort()
      .map((name) => `export { ${name}, type ${name}Args } from "./${fileNameOf(name)}";`),
    "",
  ].join("\n");
