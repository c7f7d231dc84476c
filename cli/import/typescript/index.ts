import { npmInstall } from "../installation";
import type { Language } from "../language";
import { packageManifest } from "../package-manifest";
import { projectSettings } from "../project-settings";
import { programText } from "./program";

export const typescript: Language = {
  install: (folder) => npmInstall(folder, ["pulumi-ekm", "@pulumi/pulumi", "typescript"]),
  files: (plan, frame) => [
    ["Pulumi.yaml", projectSettings(plan, frame, "nodejs")],
    [
      "package.json",
      packageManifest(plan.name, {
        main: "index.ts",
        devDependencies: { "@types/node": "^24.0.0", typescript: "^5.9.0" },
      }),
    ],
    ["tsconfig.json", COMPILER_SETTINGS],
    ["index.ts", programText(plan, frame)],
  ],
};

const COMPILER_SETTINGS = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "node16",
    "moduleResolution": "node16",
    "strict": true,
    "noEmit": true,
    "skipLibCheck": true,
    "types": ["node"]
  },
  "include": ["*.ts"]
}
`;
