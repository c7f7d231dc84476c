import { isWrite, Region, VCenter } from "../acceptance/lab";
import { Example } from "./example";

/** Every call that changed something at either system, with the machines whose data could not be read then. */
const steps: { method: string; unreadable: string[] }[] = [];

async function beforeAnswer(method: string): Promise<void> {
  if (!isWrite(method) || method === "createToken") return;
  steps.push({ method, unreadable: await vcenter.unreadable() });
}

/** The calls of a run, once it is certain that every machine could be read after each of them. */
function takenMethods(): string[] {
  const taken = steps.splice(0);
  expect(taken.filter(({ unreadable }) => unreadable.length > 0)).toEqual([]);
  return taken.map(({ method }) => method);
}

let region: Region;
let vcenter: VCenter;
let example: Example;

beforeAll(async () => {
  [region, vcenter, example] = await Promise.all([
    Region.start({ propagationSeconds: 1, beforeAnswer }),
    VCenter.start({ beforeAnswer }),
    Example.start("vcenter-on-key-protect", { clusters: [] }),
  ]);
  example.write("region.pem", region.simulator.certificate);
});
afterAll(async () => {
  await example.end();
  await vcenter.remove();
  await region.remove();
});

const liveObjects = () => region.simulator.objects().filter(({ state }) => state < 5);

it("takes a vCenter onto Key Protect and away again, and its machines can be read at every step", async () => {
  const { endpoint, instance, apiKey, iamEndpoint, kmipEndpoint } = region.connection;
  const ofInstance = (members: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(members).map(([name, value]) => [`ekm:keyProtectInstances.default.${name}`, value]),
    );
  await example.prepare("simulator", ofInstance({ iamEndpoint, kmipEndpoint }));
  const begun = await example.begin({
    ...vcenter.settings,
    ...ofInstance({ endpoint, instance, apiKey }),
    "kmipFingerprints[0]": region.simulator.fingerprint256,
  });
  example.expectShown("begin", begun);
  expect(takenMethods().sort()).toEqual([
    "GenerateSelfSignedClientCert",
    "RegisterKmipServer",
    "SetDefaultKmsCluster",
    "UpdateSelfSignedClientCert",
    "UploadKmipServerCert",
    "addKmipClientCertificate",
    "createKey",
    "createKmipAdapter",
  ]);
  for (const machine of ["db", "mail"]) await vcenter.simulator.act("encrypt", { machine });
  expect(liveObjects()).toHaveLength(2);
  expect(await vcenter.unreadable()).toEqual([]);
  await example.expectSettled();
  await example.workspace.preview({ args: ["--refresh", "--expect-no-changes"] });
  expect(takenMethods()).toEqual([]);

  example.expectShown("renew", await example.follow("renew"));
  // The removal has arrived by now: whoever still presents the former certificate is let in no more.
  region.simulator.switches.propagationSeconds = 0;
  expect(await vcenter.unreadable()).toEqual([]);
  expect(takenMethods()).toEqual([
    "GenerateSelfSignedClientCert",
    "addKmipClientCertificate",
    "UpdateSelfSignedClientCert",
    "deleteKmipClientCertificate",
  ]);
  expect(region.objects.adapters[0]?.certificates).toHaveLength(1);
  await example.expectSettled();

  const refused = await example.follow("destroy", { expectFailure: true });
  expect(refused.stdout + refused.stderr).toContain("EKM_KEY_PROVIDER_IN_USE");
  expect(takenMethods().filter((method) => method !== "SetDefaultKmsCluster")).toEqual([]);
  await example.workspace.up();
  takenMethods();

  for (const machine of ["db", "mail"]) await vcenter.simulator.act("decrypt", { machine });
  await example.follow("shred");
  await example.follow("destroy");
  expect(takenMethods()).toEqual(expect.arrayContaining(["UnregisterKmsCluster", "deleteKmipAdapter"]));
  expect(liveObjects()).toEqual([]);
  expect(region.objects).toMatchObject({ keys: [{ state: "active" }], adapters: [] });
  expect((await example.workspace.exportState()).resources).toEqual([]);
}, 180_000);
