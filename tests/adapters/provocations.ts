import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ExclusiveWork } from "../../provider/adapters/process/exclusive-work";
import { assertKnownState } from "../../provider/adapters/pulumi/resource/newer-state";
import { Runtime } from "../../provider/adapters/pulumi/runtime";
import { masterKey } from "../../provider/systems/element/master-key/master-key";
import { element } from "../../provider/systems/element/system";
import { external } from "../element/master-key-scene";
import { PASSWORD, type Scene } from "../element/stage";
import { useTheatre } from "../element/table";
import { failureOf, inFolder, type Provocation, type Provocations } from "../kit/provocation";

const theatre = useTheatre();

const URN = "urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/element:MasterKey::main";

/** What fails in a provider process that has its engine at an address. */
const inProcess =
  (engine: string | undefined, work: (runtime: Runtime, scene: Scene) => Promise<void>): Provocation =>
  async () => {
    const scene = await theatre.scene("attached");
    const { endpoint, username, fingerprint256 } = scene.cluster;
    const runtime = new Runtime(engine);
    runtime.configure({ clusters: { default: { endpoint, username, password: PASSWORD, fingerprint256 } } });
    const said = await failureOf(() => work(runtime, scene));
    await runtime.close();
    return said;
  };

export const provocations: Provocations = {
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

  EKM_NEWER_STATE: () => failureOf(() => assertKnownState({ stateVersion: 2 }, URN)),

  EKM_INCOMPLETE: inProcess(undefined, async (runtime, scene) => {
    scene.holdRekeys();
    scene.when(
      () => scene.cluster.calls("GetAsyncResult").length > 0,
      () => runtime.close(),
    );
    await masterKey.create({ cluster: "default", ...external() }, runtime.contexts.changing(URN));
  }),
};
