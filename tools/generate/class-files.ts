import type { Description } from "../../provider/core/resource/description";
import { registry } from "../../provider/systems/registry";
import { classText, fileNameOf } from "./classes";
import { formatted } from "./formatted";

/** The classes of the SDK for Node that are made from descriptions, by path from the project's folder. */
export function classFiles(): Readonly<Record<string, string>> {
  const descriptions: Description[] = Object.values(registry).map(({ description }) => description);
  return Object.fromEntries(
    descriptions
      .filter(({ inComponent }) => !inComponent)
      .map((description) => [pathOf(description), description] as const)
      .map(([path, description]) => [path, formatted(path, classText(description))]),
  );
}

/** Such as `sdk/element/key-server.ts`. */
function pathOf({ token }: Description): string {
  const [module, name = ""] = token.split(":");
  return `sdk/${module}/${fileNameOf(name)}.ts`;
}
