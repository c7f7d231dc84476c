import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportCommand } from "../../../cli/report/command";
import type { Report } from "../../../cli/report/model";
import { CALLS } from "../../../provider/systems/vsphere/api/calls";
import { keyProvider } from "../../../provider/systems/vsphere/key-provider/key-provider";
import { MovedClock } from "../../kit/moved-clock";
import { Resource, runOn, settingsOf } from "../../vsphere/harness";
import { CLUSTER, PASSWORD, PRIMARY_KEY, type Scene, STANDARD, TRUSTED } from "../../vsphere/stage";
import { useTheatre } from "../../vsphere/table";
import { exportedState, secret } from "../report/recorded-state";
import { pinOf } from "./inventories";

const theatre = useTheatre();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ekm-report-vcenter-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const vcenters = (connections: Record<string, object>) => ({ EKM_VCENTERS: JSON.stringify(connections) });

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
  for (const text of [printed, data, page]) expect(text).not.toContain(PASSWORD);
  return { status, printed, page, report: JSON.parse(data ?? "") as Report };
}

const writesOf = (scene: Scene) => scene.calls().filter((method) => CALLS[method]?.effect !== "read");

test("a vCenter is reported as it is in its own records, without a write", async () => {
  const scene = await theatre.scene("defaulted");
  await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
  const { keyID } = (await scene.vcenter.unwraps())[0] ?? {};
  const writes = writesOf(scene);
  const { status, report, page } = await ekmReport([], vcenters({ default: settingsOf(scene.vcenter) }));
  expect(status).toBe(0);
  expect(writesOf(scene)).toEqual(writes);
  const certificateOf = (pem: string | undefined) => ({ certificate: { fingerprint256: pinOf(pem ?? "") } });
  const server = { ...scene.server(), health: "healthy", serverTrusted: true, clientTrusted: true };
  const { certificate } = scene.keyServers.at(0);
  expect(report.vcenters).toMatchObject([
    {
      ...{ connection: "default", endpoint: scene.vcenter.endpoint, tlsVerification: "fingerprint256" },
      facts: {
        vcenterUuid: scene.vcenter.instanceUuid,
        keyProviders: [
          {
            ...{ name: STANDARD, kind: "standard", healthy: true },
            defaultOf: { vcenter: true, entities: [] },
            servers: [{ ...server, certificate: certificateOf(certificate) }],
            clientCertificate: certificateOf(scene.standard()?.clientCertificate?.pem),
            use: { keys: scene.standard()?.keys.length, virtualMachines: 1, hosts: 0 },
          },
          {
            ...{ name: TRUSTED, kind: "trusted", trustAuthorityCluster: CLUSTER, primaryKeyID: PRIMARY_KEY },
            ...{ healthy: true, defaultOf: { vcenter: false, entities: [] } },
            servers: [{ ...server, certificate: certificateOf(certificate) }],
            clientCertificate: certificateOf(scene.trusted()?.clientCertificate?.pem),
          },
        ],
      },
    },
  ]);
  expect(scene.standard()?.keys.map((key) => key.keyID)).toEqual([keyID]);
  expect(page).toContain("Who has keys of which key server");
});

test("a server that somebody has distrusted is a fault, on which a run may fail", async () => {
  const scene = await theatre.scene("defaulted");
  await scene.somebody("untrustCertificate", { provider: STANDARD });
  const { status, printed } = await ekmReport(
    ["--fail-on", "faults"],
    vcenters({ default: settingsOf(scene.vcenter) }),
  );
  expect(status).toBe(3);
  expect(printed).toContain(`FAULTS [vcenter default] The key provider "${STANDARD}" is not healthy: `);
});

test("a state's resources are compared, and its pins held against what servers present", async () => {
  const scene = await theatre.scene("defaulted");
  const token = "vsphere:KeyProvider";
  const provider = new Resource(keyProvider, token, runOn(scene));
  const declared = { name: STANDARD, servers: [{ name: "one", ...scene.server() }], trustedServers: [scene.pin()] };
  await provider.up({ ...declared, adopt: "match" });
  const { id, inputs, outputs } = provider.state ?? { id: "", inputs: {} };
  const file = join(folder, "state.json");
  const config = { vcenters: secret({ default: settingsOf(scene.vcenter) }) };
  writeFileSync(file, exportedState(config, [{ token, name: "kms", id, inputs, outputs }]));
  const reported = async () => {
    const { status, report } = await ekmReport(["--state", file, "--fail-on", "drift"], {});
    const { verdict, vcenter, differences = [] } = report.drift?.resources[0] ?? {};
    const [{ servers = [] } = {}] = report.vcenters[0]?.facts?.keyProviders ?? [];
    return [status, vcenter, verdict, differences.map(({ property }) => property), servers.map(({ pinned }) => pinned)];
  };
  expect(await reported()).toEqual([0, "default", "same", [], [true]]);
  await scene.somebody("addServer", {
    provider: STANDARD,
    server: "two",
    host: "127.0.0.1",
    port: scene.server(1).port,
  });
  expect(await reported()).toEqual([3, "default", "changed", expect.arrayContaining(["servers"]), [true, false]]);
});

test("a vCenter that has lost Trust Authority has the standard provider alone", async () => {
  const scene = await theatre.scene("defaulted");
  await scene.somebody("upgrade", { apiVersion: "9.0.0.0" });
  const { status, report } = await ekmReport([], vcenters({ default: settingsOf(scene.vcenter) }));
  expect(status).toBe(0);
  expect(report.vcenters[0]?.facts?.keyProviders.map(({ name }) => name)).toEqual([STANDARD]);
});

test("a vCenter that cannot be read leaves the others readable", async () => {
  const scene = await theatre.scene("bare");
  const settings = settingsOf(scene.vcenter);
  const { status, report, printed } = await ekmReport(
    [],
    vcenters({ good: settings, wrong: { ...settings, password: "wrong" } }),
  );
  expect(status).toBe(1);
  expect(report.vcenters.map(({ connection, failure }) => [connection, failure?.code])).toEqual([
    ["good", undefined],
    ["wrong", "EKM_CONNECTION_LOGIN"],
  ]);
  expect(report.vcenters[0]?.facts?.keyProviders).toEqual([]);
  expect(printed).toContain("UNREAD [vcenter wrong] The vcenter could not be read: ");
});

test("a vCenter that is named is the only system, and one that is not configured is not passed over", async () => {
  const scene = await theatre.scene("bare");
  const settings = settingsOf(scene.vcenter);
  const named = await ekmReport(["--vcenter", "east"], vcenters({ default: settings, east: settings }));
  expect(named.report).toMatchObject({ clusters: [], instances: [], vcenters: [{ connection: "east" }] });
  const { status, report } = await ekmReport(["--vcenter", "west"], {});
  expect(status).toBe(1);
  expect(report.vcenters).toMatchObject([
    {
      failure: {
        code: "EKM_CONNECTION_NOT_CONFIGURED",
        message: expect.stringContaining("Set EKM_VCENTERS in the environment."),
      },
    },
  ]);
});

test("--endpoint is of a cluster", async () => {
  await expect(ekmReport(["--endpoint", "https://a", "--vcenter", "east"], {})).rejects.toMatchObject({
    code: "USAGE",
    message: expect.stringContaining("and no --instance or --vcenter"),
  });
});
