import { mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { projectRoot } from "../../../tools/engine/paths";
import type { CommandOptions, Workspace } from "./workspace";

/** The pack as it is shipped. */
export const PROVIDED_PACK = join(projectRoot, "policy");

const HOSTS = join(__dirname, "policy-host");

/**
 * A policy pack as any engine can run it. The language host that is built where no release can be had is too old to load
 * packs of its own runtime; for one that has no language host, every engine looks for an executable on PATH instead.
 */
export class PolicyPack {
  /** What `--policy-pack` is given. */
  readonly folder: string;

  /** @param shipped folder with the pack's PulumiPolicy.yaml and package.json */
  constructor(workspace: Workspace, shipped = PROVIDED_PACK) {
    this.folder = join(workspace.folder, ".policy");
    mkdirSync(this.folder, { recursive: true });
    const { version } = require(join(shipped, "package.json"));
    this.write("PulumiPolicy.yaml", "runtime: hosted\n");
    this.write("package.json", JSON.stringify({ name: "pack", version, main: "index.js" }));
    this.write("index.js", `require(${JSON.stringify(shipped)});`);
  }

  /** Options that have a command run the pack, with a configuration as users write it. */
  options(config: object = {}): Required<Pick<CommandOptions, "args" | "env">> {
    this.write("config.json", JSON.stringify(config));
    return {
      args: ["--policy-pack", this.folder, "--policy-pack-config", join(this.folder, "config.json")],
      env: { PATH: [HOSTS, process.env.PATH].join(delimiter) },
    };
  }

  private write(name: string, content: string): void {
    writeFileSync(join(this.folder, name), content);
  }
}
