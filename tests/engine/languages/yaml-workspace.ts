import { rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { getLanguageHost } from "../../../tools/engine/language-hosts";
import { Workspace } from "../harness";
import { putPlugin } from "../native/plugin-path";

/** What a program in YAML says of where the plugin is. */
export const PLUGINS = { providers: [{ name: "ekm", path: "node_modules/.bin" }] };

/** Something of another resource, as YAML names it. */
export const reference = (path: string): string => `\${${path}}`;

/** A stack of a program in YAML, beside which the plugin is installed. */
export async function yamlWorkspace(stack: string): Promise<Workspace> {
  const PATH = [await getLanguageHost("yaml"), process.env.PATH].join(delimiter);
  const made = await Workspace.create({ project: "storage", stack, env: { PATH } });
  putPlugin(join(made.folder, "node_modules/.bin"));
  rmSync(join(made.folder, "index.js"));
  return made;
}
