import { isWrite, KeyManager, lastingAuthority, VCenter } from "../acceptance/lab";
import { Example } from "./example";

/** Every call that changed something, with the machines whose data could not be read then. */
const steps: { method: string; unreadable: string[] }[] = [];

async function beforeAnswer(method: string): Promise<void> {
  if (isWrite(method)) steps.push({ method, unreadable: await vcenter.unreadable() });
}

/** The calls of a run, once it is certain that every machine could be read after each of them. */
function takenMethods(): string[] {
  const taken = steps.splice(0);
  expect(taken.filter(({ unreadable }) => unreadable.length > 0)).toEqual([]);
  return taken.map(({ method }) => method);
}

const authority = lastingAuthority("Clients");

let first: KeyManager;
let second: KeyManager;
let vcenter: VCenter;
let example: Example;

beforeAll(async () => {
  [first, second, vcenter, example] = await Promise.all([
    KeyManager.start(authority),
    KeyManager.start(authority),
    VCenter.start({ beforeAnswer }),
    Example.start("vcenter-standard", { clusters: [] }),
  ]);
  example.write("client-ca.pem", authority.certificate);
  example.write("client-ca-key.pem", authority.privateKey);
});
afterAll(async () => {
  await example.end();
  await vcenter.remove();
  await first.remove();
  await second.remove();
});

const providers = () => vcenter.simulator.state().kmsClusters;

it("takes a vCenter onto a key server, renews certificates of both, and changes servers without a gap", async () => {
  const begun = await example.begin({
    ...vcenter.settings,
    "servers[0].hostname": first.settings.hostnames[0] ?? "",
    "servers[0].port": first.settings.port,
    "fingerprints[0]": first.fingerprint256,
  });
  example.expectShown("begin", begun);
  expect(takenMethods()).toEqual([
    "RegisterKmipServer",
    "UploadKmipServerCert",
    "GenerateClientCsr",
    "UpdateKmsSignedCsrClientCert",
    "SetDefaultKmsCluster",
  ]);
  await vcenter.simulator.act("encrypt", { machine: "db" });
  expect(await vcenter.unreadable()).toEqual([]);
  await example.expectSettled();
  await example.workspace.preview({ args: ["--refresh", "--expect-no-changes"] });
  expect(takenMethods()).toEqual([]);

  await first.presentAnother(authority, authority.certificate);
  await example.follow("pin", {}, { "fingerprints[1]": first.fingerprint256 });
  expect(takenMethods()).toEqual(["UploadKmipServerCert"]);
  await example.expectSettled();

  const grown = await example.follow(
    "grow",
    {},
    {
      "servers[1].hostname": second.settings.hostnames[0] ?? "",
      "servers[1].port": second.settings.port,
      "fingerprints[2]": second.fingerprint256,
    },
  );
  example.expectShown("grow", grown);
  expect(takenMethods()).toEqual(["UploadKmipServerCert", "RegisterKmipServer"]);
  expect(providers()).toEqual([expect.objectContaining({ servers: [expect.anything(), expect.anything()] })]);

  example.expectShown("renew", await example.follow("renew"));
  expect(takenMethods()).toEqual(["GenerateClientCsr", "UpdateKmsSignedCsrClientCert"]);
  await example.expectSettled();

  const refused = await example.follow("destroy", { expectFailure: true });
  expect(refused.stdout + refused.stderr).toContain("EKM_KEY_PROVIDER_IN_USE");
  expect(providers()).toHaveLength(1);
  await vcenter.simulator.act("decrypt", { machine: "db" });
  await example.follow("destroy");
  expect(providers()).toEqual([]);
  expect((await example.workspace.exportState()).resources).toEqual([]);
}, 180_000);
