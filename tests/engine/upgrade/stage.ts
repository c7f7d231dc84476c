import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ClusterSimulator, type KmipServer, startKmipServer } from "../../../simulator";
import { Workspace, type WorkspaceOptions } from "../harness";

/** Folders of releases, one for each program that was frozen with it. */
export const FROZEN = join(__dirname, "..", "frozen");

const UNFINISHED = "-unfinished";

/** The folders of a release. */
export const foldersOf = (release: string) => ({ whole: release, unfinished: release + UNFINISHED });

/** The folders of all releases. */
export const frozenFolders = (): { whole: string[]; unfinished: string[] } => {
  const folders = readdirSync(FROZEN, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const isUnfinished = (folder: string) => folder.endsWith(UNFINISHED);
  return { whole: folders.filter((folder) => !isUnfinished(folder)), unfinished: folders.filter(isUnfinished) };
};

/** Where the frozen key server is at: state holds it, so it must be free wherever the tests run. */
export const KEY_SERVER = { host: "127.0.56.96", port: 5696 };

/** Seconds of a rekey that ends at once, and of one that was begun when its stack was frozen and still runs, for decades. */
export const QUICK = 0.3;
export const HELD = 1e9;

/** What the frozen states' secrets are encrypted with. */
const PASSPHRASE = "correct horse";

/** A folder of a release: `stack.json`, and what stood on the other side when it was written. */
export interface Stage {
  cluster: ClusterSimulator;
  keyServer: KmipServer;
  workspace: Workspace;
  end(): Promise<void>;
}

/** Puts a cluster and a key server on stage that go on from what `folder` holds, and a workspace that knows the cluster. */
export async function setStage(folder: string, options: Pick<WorkspaceOptions, "program"> = {}): Promise<Stage> {
  const pem = (name: string) => readFileSync(join(folder, `${name}.pem`), "utf8");
  const keyServer = await startKmipServer({
    ...KEY_SERVER,
    cert: pem("key-server"),
    key: pem("key-server-key"),
    ca: pem("authority"),
    stateDir: join(folder, "key-server"),
  });
  const cluster = await ClusterSimulator.start({
    stateDir: join(folder, "cluster"),
    rekeySeconds: HELD,
    switches: { hardwareEncryptionSeconds: QUICK },
  });
  const { endpoint, username, password, fingerprint256 } = cluster;
  const EKM_CLUSTERS = JSON.stringify({ default: { endpoint, username, password, fingerprint256 } });
  const workspace = await Workspace.create({ ...options, passphrase: PASSPHRASE, env: { EKM_CLUSTERS } });
  return {
    cluster,
    keyServer,
    workspace,
    async end() {
      workspace.remove();
      await Promise.all([cluster.close(), keyServer.close()]);
    },
  };
}
