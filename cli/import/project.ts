import type { HttpsSettings } from "../../provider/connections/https/settings";
import type { ProgramFrame } from "./importer";
import type { Plan } from "./plan";
import { CERTIFICATES_FOLDER, programText } from "./program";

/** Contents by path, in a folder of their own. */
export type ProjectFiles = ReadonlyMap<string, string>;

/** A whole Pulumi project around the program. */
export function projectFiles<Settings extends HttpsSettings>(
  plan: Plan,
  frame: ProgramFrame<Settings>,
  settings: Settings,
): ProjectFiles {
  return new Map([
    ["Pulumi.yaml", projectSettings(plan.name, frame.projectDescription)],
    ["package.json", packageManifest(plan.name)],
    ["tsconfig.json", TYPESCRIPT_SETTINGS],
    ["index.ts", programText(plan, frame)],
    ...[...plan.certificates].map(([name, pem]): [string, string] => [certificateFile(name), pem]),
    ...authorityFiles(frame, settings),
  ]);
}

/** A file of certificates within the project. */
export const certificateFile = (name: string): string => `${CERTIFICATES_FOLDER}/${name}`;

/** The authorities that the connection names. */
const authorityFiles = <Settings extends HttpsSettings>(
  { certificateFiles }: Pick<ProgramFrame<Settings>, "certificateFiles">,
  settings: Settings,
): [string, string][] =>
  Object.entries<string | undefined>(certificateFiles).flatMap(([member, name = ""]) => {
    const pem = settings[member as keyof Settings];
    return pem === undefined ? [] : [[certificateFile(name), String(pem)]];
  });

/** Quoted: a name of digits would be a number. */
const projectSettings = (name: string, description: string): string =>
  `name: "${name}"\ndescription: ${description}\nruntime: nodejs\n`;

function packageManifest(name: string): string {
  const { version, peerDependencies, peerDependenciesMeta } = require("pulumi-ekm/package.json");
  const isNeeded = (peer: string) => !peerDependenciesMeta[peer]?.optional;
  const needed = Object.entries(peerDependencies).filter(([peer]) => isNeeded(peer));
  const manifest = {
    name,
    private: true,
    main: "index.ts",
    dependencies: { ...Object.fromEntries(needed), "pulumi-ekm": `^${version}` },
    devDependencies: { "@types/node": "^24.0.0", typescript: "^5.9.0" },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

const TYPESCRIPT_SETTINGS = `{
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
