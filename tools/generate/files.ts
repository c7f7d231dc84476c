import type { Description } from "../../provider/core/resource/description";
import { registry } from "../../provider/registry";
import { classFile, fileNameOf } from "./classes";

/** Files that are made from the descriptions, by path from the project's folder. */
export function generatedFiles(): Readonly<Record<string, string>> {
  const descriptions: Description[] = Object.values(registry).map(({ description }) => description);
  return Object.fromEntries(
    descriptions
      .filter(({ inComponent }) => !inComponent)
      .map((description) => [classPath(description.token), classFile(description)]),
  );
}

/** Such as `sdk/element/key-server.ts`. */
function classPath(token: string): string {
  const [module, name = ""] = token.split(":");
  return `sdk/${module}/${fileNameOf(name)}.ts`;
}
