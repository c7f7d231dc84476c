import { pluginInstall } from "../installation";
import type { Language } from "../language";
import { projectSettings } from "../project-settings";
import { programText } from "./program";

/** Resources in Python are served by the plugin, and declared by classes that are made of its schema. */
export const python: Language = {
  files: (plan, frame) => [
    ["Pulumi.yaml", projectSettings(plan, frame, RUNTIME)],
    ["__main__.py", programText(plan, frame)],
  ],
  install: (folder) => [...pluginInstall(folder), "python3 -m venv venv", `venv/bin/pip install PATH/${wheel()}`],
};

const RUNTIME = "{ name: python, options: { virtualenv: venv } }";

/** As a release has it. */
function wheel(): string {
  const { version } = require("pulumi-ekm/package.json") as { version: string };
  return `pulumi_ekm-${version}-py3-none-any.whl`;
}
