import type { ConnectionSettings } from "../../provider/systems/element/api/settings";
import type { Inventory } from "../element/inventory";
import type { Plan } from "./element";
import { CERTIFICATES_FOLDER, programText } from "./program";

/** The authorities of the cluster's own TLS certificate, where the connection names them. */
export const CLUSTER_CA_FILE = `${CERTIFICATES_FOLDER}/cluster-tls.pem`;

/** Contents by path, in a folder of their own. */
export type ProjectFiles = ReadonlyMap<string, string>;

/** A whole Pulumi project around the program. */
export function projectFiles(plan: Plan, inventory: Inventory, { caCertificate }: ConnectionSettings): ProjectFiles {
  const certificates = [...plan.certificates].map(([name, pem]): [string, string] => [
    `${CERTIFICATES_FOLDER}/${name}`,
    pem,
  ]);
  return new Map([
    ["Pulumi.yaml", projectSettings(plan.name)],
    ["package.json", packageManifest(plan.name)],
    ["tsconfig.json", TYPESCRIPT_SETTINGS],
    ["index.ts", programText(plan, inventory)],
    ...certificates,
    ...(caCertificate === undefined ? [] : [[CLUSTER_CA_FILE, caCertificate] as const]),
  ]);
}

/** Quoted: a name of digits would be a number. */
const projectSettings = (name: string): string =>
  `name: "${name}"\ndescription: External key management of a storage cluster\nruntime: nodejs\n`;

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
