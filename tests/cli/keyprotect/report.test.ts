import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportCommand } from "../../../cli/report/command";
import type { Report } from "../../../cli/report/model";
import { PASSWORD } from "../../element/stage";
import { useTheatre as useClusters } from "../../element/table";
import { settingsOf } from "../../keyprotect/harness";
import { API_KEY, type Scene } from "../../keyprotect/stage";
import { useTheatre } from "../../keyprotect/table";
import { MovedClock } from "../../kit/moved-clock";

const theatre = useTheatre();
const clusters = useClusters();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ekm-report-key-protect-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const instances = (connections: Record<string, object>) => ({
  EKM_KEY_PROTECT_INSTANCES: JSON.stringify(connections),
});

async function ekmReport(argv: string[], environment: NodeJS.ProcessEnv) {
  const [json, html] = [join(folder, "report.json"), join(folder, "report.html")];
  let printed = "";
  const status = await reportCommand.run(["--json", json, "--html", html, ...argv], {
    environment,
    clock: new MovedClock(),
    print: (text) => {
      printed += text;
    },
    askSecret: () => Promise.reject(new Error("nobody is to be asked")),
  });
  const [data, page] = [json, html].map((file) => readFileSync(file, "utf8"));
  for (const text of [printed, data, page]) expect(text).not.toContain(API_KEY);
  return { status, printed, page, report: JSON.parse(data ?? "") as Report };
}

const writesOf = (scene: Scene) => scene.calls().filter((method) => !method.startsWith("get"));

test("an instance is reported as it is in the region's own records, without a write", async () => {
  const scene = await theatre.scene("registered");
  await scene.somebody("createObject", { adapter: scene.adapter.id });
  const writes = writesOf(scene);
  const { status, report, page } = await ekmReport([], instances({ default: settingsOf(scene.region) }));
  expect(status).toBe(0);
  expect(writesOf(scene)).toEqual(writes);
  expect(report.clusters).toEqual([]);
  const { key, adapter, region } = scene;
  expect(report.instances).toMatchObject([
    {
      ...{ connection: "default", endpoint: region.endpoint, tlsVerification: "fingerprint256" },
      facts: {
        instanceID: region.instance,
        rootKeys: [{ id: key.id, name: key.name, state: "active", version: key.versions.at(-1)?.id }],
        adapters: [
          {
            ...{ id: adapter.id, name: adapter.name, rootKey: key.id, keys: 1 },
            clients: [{ id: adapter.certificates[0]?.id, name: "by-hand", keys: 1, superseded: false }],
          },
        ],
      },
    },
  ]);
  expect(page).toContain("What the root keys protect");
});

test("a root key that somebody has suspended is a fault, on which a run may fail", async () => {
  const scene = await theatre.scene("registered");
  await scene.somebody("suspendKey", { key: scene.key.id });
  const { status, printed } = await ekmReport(
    ["--fail-on", "faults"],
    instances({ default: settingsOf(scene.region) }),
  );
  expect(status).toBe(3);
  expect(printed).toContain("FAULTS [instance default] The root key");
});

test("an instance that cannot be read leaves the others readable", async () => {
  const scene = await theatre.scene("registered");
  const settings = settingsOf(scene.region);
  const { status, report, printed } = await ekmReport(
    [],
    instances({ good: settings, wrong: { ...settings, apiKey: "wrong" } }),
  );
  expect(status).toBe(1);
  expect(report.instances.map(({ connection, failure }) => [connection, failure?.code])).toEqual([
    ["good", undefined],
    ["wrong", "EKM_CONNECTION_LOGIN"],
  ]);
  expect(printed).toContain("UNREAD [instance wrong] The instance could not be read: ");
});

test.each<[argv: string[], clusters: string[], instances: string[]]>([
  [[], ["default"], ["default", "east"]],
  [["--instance", "east"], [], ["east"]],
  [["--cluster", "default"], ["default"], []],
  [["--cluster", "default", "--instance", "default"], ["default"], ["default"]],
])("with %j, clusters %j and instances %j are asked", async (argv, wantedClusters, wantedInstances) => {
  const [scene, cluster] = [await theatre.scene("bare"), await clusters.scene("bare")];
  const { endpoint, username, fingerprint256 } = cluster.cluster;
  const EKM_CLUSTERS = JSON.stringify({ default: { endpoint, username, fingerprint256, password: PASSWORD } });
  const settings = settingsOf(scene.region);
  const { report } = await ekmReport(argv, { EKM_CLUSTERS, ...instances({ default: settings, east: settings }) });
  const names = (some: { connection: string }[]) => some.map(({ connection }) => connection);
  expect([names(report.clusters), names(report.instances)]).toEqual([wantedClusters, wantedInstances]);
});

test("an instance that is named and not configured is not passed over", async () => {
  const { status, report } = await ekmReport(["--instance", "east"], {});
  expect(status).toBe(1);
  expect(report.instances).toMatchObject([
    {
      failure: {
        code: "EKM_CONNECTION_NOT_CONFIGURED",
        message: expect.stringContaining("Set EKM_KEY_PROTECT_INSTANCES in the environment."),
      },
    },
  ]);
});

test("--endpoint is of a cluster", async () => {
  const argv = ["--endpoint", "https://a", "--instance", "east"];
  await expect(ekmReport(argv, {})).rejects.toMatchObject({
    code: "USAGE",
    message: expect.stringContaining("and no --instance"),
  });
});
