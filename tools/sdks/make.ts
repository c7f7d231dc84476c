import { execFile } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { goEnvironment, STRIP } from "../engine/build";
import { builtOnce } from "../engine/built-once";
import { projectRoot } from "../engine/paths";
import type { Progress } from "../engine/progress";
import { ENGINE_VERSION } from "../engine/version";
import { pythonWith } from "../python/environment";

/** What is installed: with pip, unpacked beside a Go module, and with npm. */
export interface Sdks {
  wheel: string;
  goModule: string;
  npmPackage: string;
}

const GENERATOR = {
  executable: "generate-sdks",
  module: "sdks/generator",
  package: ".",
  linkerFlags: STRIP,
};

/** The Python that makes the wheel, and that programs are held to its types with. */
export const sdkPython = (): Promise<string> =>
  pythonWith({ file: REQUIREMENTS, modules: ["mypy", "pulumi", "setuptools"] });

/** Every package that programs in Python need, pinned. */
export const REQUIREMENTS = join(projectRoot, "tools/sdks/requirements.txt");

/** Makes the SDKs of the schema, and what is released of them, in a folder, which is emptied before. */
export async function makeSdks(folder: string, progress: Progress = () => {}): Promise<Sdks> {
  const generator = join(await builtOnce(GENERATOR, { progress }), GENERATOR.executable);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await run(folder, generator, join(projectRoot, "schema.json"), folder);
  for (const language of ["python", "go", "nodejs"]) {
    copyFileSync(join(projectRoot, "LICENSE"), join(folder, language, "LICENSE"));
  }
  const [wheel, goModule, npmPackage] = await Promise.all([
    makeWheel(folder),
    makeGoModule(folder),
    makeNpmPackage(folder),
  ]);
  return { wheel, goModule, npmPackage };
}

const { version } = require("pulumi-ekm/package.json") as { version: string };

async function makeWheel(folder: string): Promise<string> {
  const options = "--quiet --no-deps --no-build-isolation --disable-pip-version-check --wheel-dir".split(" ");
  await run(join(folder, "python"), await sdkPython(), "-m", "pip", "wheel", ...options, folder, ".");
  return join(folder, `pulumi_ekm-${version}-py3-none-any.whl`);
}

async function makeGoModule(folder: string): Promise<string> {
  const module = join(folder, "go");
  await run(module, "go", "mod", "edit", `-require=github.com/pulumi/pulumi/sdk/v3@v${ENGINE_VERSION}`);
  await run(module, "go", "mod", "tidy");
  const unpacked = `pulumi-ekm-go-${version}`;
  cpSync(module, join(folder, unpacked), { recursive: true });
  await run(folder, "tar", "-czf", `${unpacked}.tar.gz`, unpacked);
  rmSync(join(folder, unpacked), { recursive: true });
  return join(folder, `${unpacked}.tar.gz`);
}

async function makeNpmPackage(folder: string): Promise<string> {
  const sources = join(folder, "nodejs");
  const modules = join(sources, "node_modules");
  symlinkSync(join(projectRoot, "node_modules"), modules);
  await run(sources, process.execPath, require.resolve("typescript/bin/tsc"), "--project", sources);
  rmSync(modules);
  // It looks for its own package.json beside itself.
  for (const file of ["package.json", "README.md", "LICENSE"])
    copyFileSync(join(sources, file), join(sources, "bin", file));
  const [{ filename }] = JSON.parse(await run(folder, "npm", "pack", "--json", join(sources, "bin")));
  return join(folder, filename);
}

/** The languages' own tools, which have no use for secrets. */
async function run(cwd: string, command: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd, env: goEnvironment() });
  return stdout;
}
