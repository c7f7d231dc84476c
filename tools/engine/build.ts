import { execFile, spawn } from "node:child_process";
import { chmodSync, copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { withoutSecrets } from "../environment";
import { findExecutable } from "./executables";
import { projectRoot } from "./paths";
import { type Progress, withElapsedTime } from "./progress";
import type { Supplier } from "./supplier";
import { ENGINE_VERSION } from "./version";

/** A program that is compiled from pinned Go modules. */
export interface GoProgram {
  executable: string;
  /** The folder among the tools whose go.mod and go.sum pin what it is built from. */
  module: string;
  package: string;
  linkerFlags: string;
}

/** Leaves out what only debuggers read. */
export const STRIP = "-s -w";

/**
 * The language host comes from an older module: the newer one of its own cannot be had from the module proxy, and the
 * engine speaks the same protocol with both.
 */
const PROGRAMS: readonly GoProgram[] = [
  {
    executable: "pulumi-language-nodejs",
    module: "engine/go/language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    linkerFlags: STRIP,
  },
  {
    executable: "pulumi",
    module: "engine/go/pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    // Unstamped, the Automation API hangs on it.
    linkerFlags: `${STRIP} -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${ENGINE_VERSION}`,
  },
];

/** Compiles the engine from its pinned Go modules: for networks that reach a Go module proxy but not the vendor. */
export const goBuild: Supplier = {
  name: "a build from Go modules",
  source: "built",
  async supply(folder: string, progress: Progress): Promise<void> {
    const bin = join(folder, "bin");
    for (const program of PROGRAMS) await buildProgram(program, bin, progress);
    addDynamicProviderScript(bin);
  },
};

/** Compiles a program into a folder. */
export async function buildProgram(program: GoProgram, bin: string, progress: Progress): Promise<void> {
  const go = findExecutable("go", process.env.PATH ?? "");
  if (go === undefined) {
    throw new Error("there is no go on PATH");
  }
  let compiled = 0;
  await withElapsedTime(
    () => `Building ${program.executable} from Go modules: ${compiled} packages compiled`,
    progress,
    () => compile(go, program, bin, () => (compiled += 1)),
  );
}

/** The folder of the files that pin what a program is built from. */
export const moduleFolder = ({ module }: GoProgram): string => join(projectRoot, "tools", module);

/** The folder of the sources of a module that a program is built from. */
export async function sourceOf(program: GoProgram, module: string): Promise<string> {
  const options = { cwd: moduleFolder(program), env: goEnvironment() };
  const { stdout } = await promisify(execFile)("go", ["list", "-m", "-f", "{{.Dir}}", module], options);
  return stdout.trim();
}

/** Set rather than emptied: the go command reads an empty one from the user's own configuration. */
export const goEnvironment = (): NodeJS.ProcessEnv => ({
  ...withoutSecrets(),
  GOFLAGS: "-mod=readonly",
  GOWORK: "off",
  GO111MODULE: "on",
});

function compile(go: string, program: GoProgram, bin: string, onPackage: () => void): Promise<void> {
  const output = join(bin, program.executable);
  const args = ["build", "-v", "-buildvcs=false", "-ldflags", program.linkerFlags, "-o", output, program.package];
  return new Promise((resolve, reject) => {
    const child = spawn(go, args, {
      cwd: moduleFolder(program),
      env: goEnvironment(),
      stdio: ["ignore", "ignore", "pipe"],
    });
    const complaints: string[] = [];
    let rest = "";
    child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        isPackageName(line) ? onPackage() : complaints.push(line);
      }
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) {
        resolve();
        return;
      }
      const ending = signal === null ? `exit code ${code}` : `signal ${signal}`;
      reject(
        new Error(
          [`building ${program.executable} ended with ${ending}`, ...complaints.slice(-8), rest].join("\n").trim(),
        ),
      );
    });
  });
}

const isPackageName = (line: string) => /^[\w.~-]+(\/[\w.~-]+)*$/.test(line);

/** The script is no Go program: it ships with the Node SDK. */
function addDynamicProviderScript(bin: string): void {
  const script = "pulumi-resource-pulumi-nodejs";
  const target = join(bin, script);
  copyFileSync(join(dirname(require.resolve("@pulumi/pulumi/package.json")), script), target);
  chmodSync(target, 0o755);
}
