import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importCommand } from "../../../../cli/import/command";
import { Connections } from "../../../../provider/element/connections";
import { masterKey } from "../../../../provider/element/master-key";
import { EngineLink } from "../../../../provider/engine";
import { ExclusiveWork } from "../../../../provider/exclusive-work";
import { MovedClock } from "../../element/harness";
import { encryption, external } from "../../element/master-key-scene";
import { PASSWORD } from "../../element/stage";
import { failureOf, onResource, type Provocation, type Provocations } from "./provocation";

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

export const run: Provocations = {
  EKM_ENGINE_GONE: async (theatre) => {
    const { cluster } = await theatre.scene("attached");
    const { endpoint, username, fingerprint256 } = cluster;
    // Nothing listens there.
    const engine = new EngineLink("127.0.0.1:1");
    const connections = new Connections(
      { clusters: { default: { endpoint, username, password: PASSWORD, fingerprint256 } } },
      {},
      {
        clock: new MovedClock(),
        signal: new AbortController().signal,
        assertEngineAlive: (attempt) => engine.assertAlive(attempt),
      },
    );
    const create = () => connections.cluster("default").call("CreateKeyProviderKmip", { keyProviderName: "eks" });
    const said = await failureOf(create);
    await connections.close();
    engine.close();
    return said;
  },

  EKM_LOCK_UNAVAILABLE: inFolder("/tmp", (folder) => {
    const locks = join(folder, "pulumi-ekm-1000");
    writeFileSync(locks, "");
    const log = { progress() {}, info() {}, warn() {} };
    const work = new ExclusiveWork(locks);
    return failureOf(() => work.run("element:a7k3", log, new AbortController().signal, async () => {}));
  }),

  EKM_INCOMPLETE: onResource("MasterKey", masterKey, "attached", ({ resource, scene, run: cancelled }) => {
    scene.holdRekeys();
    scene.when(
      () => encryption(scene).rekey !== undefined,
      () => cancelled.cancel(),
    );
    return resource.up(external());
  }),
};

export const commandLine: Provocations = {
  EKM_OUTPUT_FOLDER: inFolder("production", (folder) => {
    writeFileSync(join(folder, "Pulumi.yaml"), "name: production\n");
    return failureOf(() =>
      importCommand.run(["--out", folder], {
        environment: {},
        clock: new MovedClock(),
        print() {},
        askPassword: () => Promise.reject(new Error("nobody is to be asked")),
      }),
    );
  }),
};
