import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterSimulator } from "../../../simulator";
import { projectRoot } from "../../../tools/engine/paths";
import { Page } from "../../kit/page";
import { connectionTo, KeyManager, masterKeyOf, QUICK_REKEY_SECONDS, rekeysOf } from "../acceptance/lab";
import { Workspace } from "../harness";
import { KeyService } from "../harness/key-service";

const SITES = Array.from({ length: 10 }, (_, index) => `site-${index + 1}`);

let keyManager: KeyManager;
let workspace: Workspace;
let clusters: ClusterSimulator[];
const folder = mkdtempSync(join(tmpdir(), "ekm-many-stacks-"));
const page = new Page("examples/many-stacks/README.md");

beforeAll(async () => {
  keyManager = await KeyManager.start();
  clusters = await Promise.all(
    SITES.map((name) => ClusterSimulator.start({ stateDir: join(folder, name), rekeySeconds: QUICK_REKEY_SECONDS })),
  );
  workspace = await Workspace.create({ project: "many-stacks" });
  for (const file of ["Pulumi.yaml", "index.js"]) rmSync(join(workspace.folder, file));
  cpSync(join(projectRoot, "examples", "many-stacks"), workspace.folder, { recursive: true });
  const { settings: keyServer, authority } = keyManager;
  const sites = SITES.map((name) => ({ name, clusters: [`${name}-storage`] }));
  const { secretsProvider } = await KeyService.running();
  const estate = { secretsProvider, sites, keyServer, authority };
  workspace.write("estate.json", estate);
});
afterAll(async () => {
  workspace.remove();
  await Promise.all(clusters.map((cluster) => cluster.close()));
  await keyManager.remove();
  rmSync(folder, { recursive: true, force: true });
});

const connections = (change: (name: string) => object = () => ({})) =>
  JSON.stringify(
    Object.fromEntries(
      SITES.map((name, index) => [
        `${name}-storage`,
        { ...connectionTo(clusters[index] as ClusterSimulator), ...change(name) },
      ]),
    ),
  );

/** Does what a script of the page says. The sites come in any order. */
async function follow(script: string, EKM_CLUSTERS: string) {
  const { exitCode, stdout, stderr } = await workspace.shell(page.script(script), {
    env: { EKM_CLUSTERS },
    timeoutSeconds: 170,
  });
  const lines = stdout.trim().split("\n");
  const number = (line: string) => Number(/\d+/.exec(line)?.[0]);
  return { exitCode, lines: lines.sort((a, b) => number(a) - number(b)), stderr };
}

it("runs ten stacks at once, and tells of each what became of it", async () => {
  const up = await follow("up", connections());
  expect(up).toMatchObject({ exitCode: 0, stderr: "" });
  page.expectPrinted("up", up.lines.join("\n"));
  expect(clusters.map((cluster) => masterKeyOf(cluster)?.keyManagementType)).toEqual(SITES.map(() => "external"));

  const [, second] = clusters;
  await second?.mutate(({ keyServers: [server] }) => {
    if (server !== undefined) server.kmipKeyServerName = "renamed by hand";
  });
  const audit = await follow(
    "audit",
    connections((name) => (name === "site-3" ? { password: "of yesterday" } : {})),
  );
  expect(audit.exitCode).toBe(1);
  page.expectPrinted("audit", audit.lines.join("\n"));
  expect(clusters.map(rekeysOf)).toEqual(SITES.map(() => 1));

  expect(await follow("destroy", connections())).toMatchObject({ exitCode: 0 });
  expect(clusters.map((cluster) => masterKeyOf(cluster)?.keyManagementType)).toEqual(SITES.map(() => "internal"));
  expect(keyManager.activeKeyIDs()).toEqual([]);
}, 300_000);
