import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "../../cli/command";
import { importCommand } from "../../cli/import/command";
import { reportCommand } from "../../cli/report/command";
import { ExclusiveWork } from "../../provider/adapters/process/exclusive-work";
import { assertKnownState } from "../../provider/adapters/pulumi/dynamic/newer-state";
import { Runtime } from "../../provider/adapters/pulumi/runtime";
import { nodeVersionError } from "../../provider/core/node/version";
import { certificateAuthority } from "../../provider/systems/certificates/certificate-authority/certificate-authority";
import { masterKey } from "../../provider/systems/element/master-key/master-key";
import { element } from "../../provider/systems/element/system";
import { assertLoadableFrom } from "../../sdk/program-dependency";
import { MovedClock } from "../element/harness";
import { external } from "../element/master-key-scene";
import { failureOf, type Provocation, type Provocations } from "../element/provocations/provocation";
import { PASSWORD, type Scene } from "../element/stage";
import { Offline } from "../pki/context";

/** Gives a provocation a folder of its own, which the message shows by another name. */
const inFolder =
  (shown: string, provoke: (folder: string) => Promise<string>): Provocation =>
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "ekm-errors-"));
    try {
      return (await provoke(folder)).replaceAll(folder, shown);
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

/** The test runner's own resolution finds this package everywhere. */
function resolvedByNode(folder: string, module: string): string {
  const script = `console.log(require("node:module").createRequire(${JSON.stringify(join(folder, "a.js"))}).resolve("${module}"))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  if (status === 0) return stdout.trim();
  throw Object.assign(new Error(stderr), { code: /code: '(\w+)'/.exec(stderr)?.[1] });
}

const URN = "urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/element:MasterKey::main";

/** What fails in a provider process that has its engine at an address. */
const inProcess =
  (engine: string | undefined, work: (runtime: Runtime, scene: Scene) => Promise<void>): Provocation =>
  async (theatre) => {
    const scene = await theatre.scene("attached");
    const { endpoint, username, fingerprint256 } = scene.cluster;
    const runtime = new Runtime(engine);
    runtime.configure({ clusters: { default: { endpoint, username, password: PASSWORD, fingerprint256 } } });
    const said = await failureOf(() => work(runtime, scene));
    await runtime.close();
    return said;
  };

export const run: Provocations = {
  EKM_NODE_VERSION: () =>
    failureOf(() => {
      throw nodeVersionError("20.20.2");
    }),

  EKM_RUN_INCOMPLETE: inProcess(undefined, async (runtime) => {
    runtime.contexts.planning("urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/element:KeyServer::main");
    runtime.noteFailure();
    runtime.assertMayDelete(URN, { noun: "cluster", name: "default" });
  }),

  // Nothing listens there.
  EKM_ENGINE_GONE: inProcess("127.0.0.1:1", async (runtime) => {
    await runtime.contexts
      .changing(URN)
      .connection(element, "default")
      .call("CreateKeyProviderKmip", { keyProviderName: "eks" });
  }),

  EKM_LOCK_UNAVAILABLE: inFolder("/tmp", (folder) => {
    const locks = join(folder, "pulumi-ekm-1000");
    writeFileSync(locks, "");
    const log = { progress() {}, info() {}, warn() {} };
    const work = new ExclusiveWork(locks);
    return failureOf(() => work.run("element:a7k3", log, new AbortController().signal, async () => {}));
  }),

  EKM_PROGRAM_DEPENDENCY: inFolder("/home/ops/storage/infra", (folder) =>
    failureOf(() => assertLoadableFrom([folder], resolvedByNode)),
  ),

  EKM_NEWER_STATE: () => failureOf(() => assertKnownState({ stateVersion: 2 }, URN)),

  EKM_NOT_IMPORTABLE: () => failureOf(() => new Offline().drive(certificateAuthority).read("an id", {} as never)),

  EKM_INCOMPLETE: inProcess(undefined, async (runtime, scene) => {
    scene.holdRekeys();
    scene.when(
      () => scene.cluster.calls("GetAsyncResult").length > 0,
      () => runtime.close(),
    );
    await masterKey.create({ cluster: "default", ...external() }, runtime.contexts.changing(URN));
  }),
};

/** How a command of `ekm` fails. */
const failureOfCommand = (command: Command, argv: string[], environment: NodeJS.ProcessEnv = {}): Promise<string> =>
  failureOf(() =>
    command.run(argv, {
      environment,
      clock: new MovedClock(),
      print() {},
      askPassword: () => Promise.reject(new Error("nobody is to be asked")),
    }),
  );

export const commandLine: Provocations = {
  EKM_OUTPUT_FOLDER: inFolder("production", (folder) => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: production\n");
    return failureOfCommand(importCommand, ["--out", folder]);
  }),

  EKM_STATE: inFolder("state", (folder) => {
    const file = join(folder, "production.json");
    writeFileSync(file, "");
    return failureOfCommand(reportCommand, ["--state", file]);
  }),

  EKM_REPORT_FILE: async (theatre) => {
    const { endpoint, username, fingerprint256 } = (await theatre.scene("attached")).cluster;
    const connection = { endpoint, username, password: PASSWORD, fingerprint256 };
    return failureOfCommand(reportCommand, ["--json", "/nowhere/ekm-report.json"], {
      EKM_CLUSTERS: JSON.stringify({ default: connection }),
    });
  },
};
