import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { InstanceFacts, Report } from "../../../cli/report/model";
import { projectRoot } from "../../../tools/engine/paths";
import { lastingAuthority, masterKeyOf, Region, rekeysOf, writesOn } from "../acceptance/lab";
import { Example } from "./example";

const EKM = join(projectRoot, "dist", "cli", "main.js");

/** Every call that changed something, of either system, with who held the master key and whether the data could be read. */
const steps: { method: string; holder: string | undefined; unwraps: boolean }[] = [];

async function beforeAnswer(method: string): Promise<void> {
  if (/^(get|list|test|createToken)/i.test(method)) return;
  const { cluster } = example;
  steps.push({ method, holder: masterKeyOf(cluster)?.keyManagementType, unwraps: await cluster.unwrapDataKey() });
}

/** The calls of a run, once it is certain that the data could be read after each of them. */
function takenSteps(): Omit<(typeof steps)[number], "unwraps">[] {
  const taken = steps.splice(0);
  expect(taken.filter(({ unwraps }) => !unwraps)).toEqual([]);
  return taken.map(({ method, holder }) => ({ method, holder }));
}

/** Element's methods begin with a capital. */
const isOfRegion = (method: string): boolean => /^[a-z]/.test(method);

const takenMethods = (): string[] => takenSteps().map(({ method }) => method);

let region: Region;
let example: Example;

beforeAll(async () => {
  [region, example] = await Promise.all([
    Region.start({ propagationSeconds: 1, beforeAnswer }),
    Example.start("element-on-key-protect", { beforeAnswer }),
  ]);
  const authority = lastingAuthority();
  example.write("client-ca.pem", authority.certificate);
  example.write("client-ca-key.pem", authority.privateKey);
  example.write("kmip-ca.pem", region.simulator.certificate);
  example.write("region.pem", region.simulator.certificate);
});
afterAll(async () => {
  await example.end();
  await region.remove();
});

/** What `ekm report` says of the instance, made of the stack's state alone: nothing in it may be unread, or drift. */
async function reportedFacts(): Promise<InstanceFacts> {
  const { stdout: state } = await example.workspace.run(["stack", "export", "--show-secrets"]);
  const child = spawn(process.execPath, [EKM, "report", "--state", "-", "--fail-on", "drift"], {
    cwd: example.workspace.folder,
    env: {},
  });
  child.stdin.end(state);
  const [stderr] = await Promise.all([text(child.stderr), text(child.stdout), once(child, "close")]);
  expect({ stderr, status: child.exitCode }).toEqual({ stderr: "", status: 0 });
  const { instances }: Report = JSON.parse(readFileSync(join(example.workspace.folder, "ekm-report.json"), "utf8"));
  const [facts] = instances.flatMap((instance) => instance.facts ?? []);
  if (facts === undefined) throw new Error("the instance was not read");
  return facts;
}

const liveObjects = () => region.simulator.objects().filter(({ state }) => state < 5);

it("takes a cluster onto Key Protect and back, and its data can be read at every step", async () => {
  const { cluster } = example;
  const { endpoint, instance, apiKey, iamEndpoint, kmipEndpoint } = region.connection;
  const ofInstance = (members: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(members).map(([name, value]) => [`ekm:keyProtectInstances.default.${name}`, value]),
    );
  await example.prepare("simulator", ofInstance({ iamEndpoint, kmipEndpoint }));
  example.expectShown("begin", await example.begin(ofInstance({ endpoint, instance, apiKey })));
  expect(takenMethods().filter(isOfRegion)).toEqual(["createKey", "createKmipAdapter", "addKmipClientCertificate"]);
  const [adapter] = region.objects.adapters;
  expect(liveObjects()).toEqual([expect.objectContaining({ adapter: adapter?.id, state: 2, opens: true })]);
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("external");
  await example.expectSettled();
  await example.workspace.preview({ args: ["--refresh", "--expect-no-changes"] });
  const { rootKeys, adapters } = await reportedFacts();
  expect(rootKeys).toMatchObject([{ id: region.objects.keys[0]?.id, state: "active", onDelete: "keep" }]);
  expect(adapters).toMatchObject([
    {
      ...{ id: adapter?.id, rootKey: region.objects.keys[0]?.id, keys: 1, onDelete: "refuse" },
      clients: [
        {
          ...{ id: adapter?.certificates[0]?.id, keys: 1, superseded: false, onDelete: "remove" },
          users: [{ keys: [{ title: "master key", keyID: masterKeyOf(cluster)?.keyID }] }],
        },
      ],
    },
  ]);
  expect(takenSteps()).toEqual([]);

  const [former] = adapter?.certificates ?? [];
  example.expectShown("renew", await example.follow("renew"));
  // The removal has arrived by now: whoever still presents the former certificate is let in no more.
  region.simulator.switches.propagationSeconds = 0;
  expect(await cluster.unwrapDataKey()).toBe(true);
  expect(takenMethods()).toEqual(["addKmipClientCertificate", "ModifyKeyServerKmip", "deleteKmipClientCertificate"]);
  const [registered, ...others] = region.objects.adapters[0]?.certificates ?? [];
  expect(others).toEqual([]);
  expect(registered?.id).not.toBe(former?.id);
  expect(rekeysOf(cluster)).toBe(1);
  await example.expectSettled();

  example.expectShown("rotate", await example.follow("rotate"));
  expect(takenMethods()).toEqual(["rotateKey"]);
  expect(region.objects.keys).toEqual([expect.objectContaining({ versions: [expect.anything(), expect.anything()] })]);
  expect(rekeysOf(cluster)).toBe(1);
  await example.expectSettled();

  await example.destroy();
  expect(takenSteps().filter(({ method }) => isOfRegion(method))).toEqual([
    { method: "deleteKmipClientCertificate", holder: "internal" },
    { method: "deleteKmipAdapter", holder: "internal" },
  ]);
  const [rootKey] = region.objects.keys;
  expect(rootKey?.state).toBe("active");
  expect(liveObjects()).toEqual([]);

  await example.workspace.up();
  expect(region.objects.keys).toEqual([rootKey]);
  expect(masterKeyOf(cluster)?.keyManagementType).toBe("external");
  expect(writesOn(cluster).filter((method) => method === "RekeySoftwareEncryptionAtRestMasterKey")).toHaveLength(3);
  await example.expectSettled();

  // A destroy that cannot end takes nothing from anybody.
  const { simulator } = region;
  await simulator.act("createObject", { adapter: region.objects.adapters[0]?.id });
  const before = region.objects.adapters;
  const { stdout } = await example.workspace.destroy({ expectFailure: true });
  expect(stdout).toContain("EKM_KEYS_IN_ADAPTER: removing client certificate");
  expect(region.objects.adapters.map(({ certificates }) => certificates)).toEqual(
    before.map(({ certificates }) => certificates),
  );
  await simulator.act("destroyObjects", { adapter: before[0]?.id });
  await example.destroy();
  expect(region.objects.adapters).toEqual([]);
  takenSteps();
}, 180_000);
