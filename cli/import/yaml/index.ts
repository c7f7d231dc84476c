import { npmInstall } from "../installation";
import type { Language } from "../language";
import { packageManifest } from "../package-manifest";
import { programText } from "./program";

/** Resources in YAML are served by the plugin, which is in the package. */
export const yaml: Language = {
  install: (folder) => npmInstall(folder, ["pulumi-ekm", "@pulumi/pulumi"]),
  files: (plan, frame) => [
    ["Pulumi.yaml", programText(plan, frame)],
    ["package.json", packageManifest(plan.name)],
  ],
};
