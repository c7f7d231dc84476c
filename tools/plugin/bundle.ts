import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";
import { projectRoot } from "../engine/paths";
import { licencesOf } from "./licences";

/** What the engine looks for in the folder of a plugin. */
export const EXECUTABLE = "pulumi-resource-ekm";

/** The folder of the plugin in the package. */
export const PLUGIN = join(projectRoot, "plugin");

/** Modules of what was built: the package's own name leads to these as well, and each is to be there once. */
const NATIVE = join(projectRoot, "dist/provider/adapters/pulumi/native");
const START = join(NATIVE, "start.js");

const options = {
  bundle: true,
  platform: "node",
  target: "node22.19",
  metafile: true,
  // Names stay: an error is called by that of its class.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  logLevel: "silent",
} satisfies BuildOptions;

/** Makes the plugin of what was built: files that need Node, and nothing else. */
export async function bundlePlugin(folder = PLUGIN): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const left = new Set<string>();
  const { metafile: start } = await build({
    ...options,
    entryPoints: [START],
    outfile: join(folder, EXECUTABLE),
    // It is to tell any Node that is too old, in words.
    target: "node12",
    external: ["./main"],
  });
  const { metafile: main } = await build({
    ...options,
    entryPoints: [join(NATIVE, "main.js")],
    outfile: join(folder, "main.js"),
    plugins: [oneGrpc, leavesTo("./components.js", left)],
  });
  const { metafile: components } = await build({
    ...options,
    stdin: { contents: exporting([...left].sort()), resolveDir: NATIVE },
    outfile: join(folder, "components.js"),
    plugins: [oneGrpc, withoutCompilers],
  });
  chmodSync(join(folder, EXECUTABLE), 0o755);
  writeFileSync(join(folder, `${EXECUTABLE}.cmd`), `@node "%~dp0${EXECUTABLE}" %*\r\n`);
  // Else a package.json further up would say how Node is to read the files.
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
  writeLicences(folder, start, main, components);
}

/** Makes the whole plugin one file, for a Node that has it inside. */
export async function bundleWhole(folder: string): Promise<string> {
  const outfile = join(folder, "plugin.js");
  const plugins = [oneGrpc, withoutCompilers];
  const { metafile } = await build({ ...options, entryPoints: [START], outfile, plugins });
  writeLicences(folder, metafile);
  return outfile;
}

function writeLicences(folder: string, ...metafiles: Metafile[]): void {
  const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  writeFileSync(join(folder, "LICENSES.txt"), licencesOf(files));
}

/** The SDK's copy of gRPC, which is found while the bundle is made. */
const oneGrpc: Plugin = {
  name: "one gRPC",
  setup({ onLoad }) {
    onLoad({ filter: /adapters\/pulumi\/grpc\.js$/ }, () => ({
      contents: 'exports.grpc = () => require("@grpc/grpc-js");',
      resolveDir: dirname(require.resolve("@pulumi/pulumi")),
    }));
  },
};

/** What only components need is as large as all the rest, and is read when the first one is declared. */
const leavesTo = (file: string, left: Set<string>): Plugin => ({
  name: "left to components",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(pulumi-ekm|@pulumi\/pulumi(\/.*)?)$/ }, ({ path }) => {
      if (path.startsWith("@pulumi/pulumi/proto/")) return undefined;
      left.add(path);
      return { path, namespace: "left" };
    });
    onResolve({ filter: /.*/, namespace: "left" }, () => ({ path: file, external: true }));
    onLoad({ filter: /.*/, namespace: "left" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(file)})[${JSON.stringify(path)}]();`,
    }));
  },
});

const exporting = (modules: readonly string[]): string =>
  modules.map((name) => `exports[${JSON.stringify(name)}] = () => require(${JSON.stringify(name)});`).join("\n");

/** The SDK has compilers and package managers with which functions of a program are read; none is, here. */
const withoutCompilers: Plugin = {
  name: "without compilers",
  setup({ onResolve, onLoad }) {
    onResolve(
      { filter: /^(@npmcli\/arborist|normalize-package-data|typescript|.*\/typescript-shim)$/ },
      ({ path }) => ({
        path,
        namespace: "absent",
      }),
    );
    onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "" }));
  },
};
