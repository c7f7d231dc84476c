import { isWrite, KeyManager, lastingAuthority, VCenter } from "../acceptance/lab";
import { Example } from "./example";

const authority = lastingAuthority("Clients");

let first: KeyManager;
let second: KeyManager;
let vcenter: VCenter;
let example: Example;

beforeAll(async () => {
  [first, second, vcenter, example] = await Promise.all([
    KeyManager.start(authority),
    KeyManager.start(authority),
    VCenter.start(),
    Example.start("trusted-key-provider", { clusters: [] }),
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

let seen = 0;

/** The calls of a run that changed something. */
function takenMethods(): string[] {
  const taken = vcenter.writes.slice(seen);
  seen += taken.length;
  return taken.filter(isWrite);
}

const providers = () => vcenter.simulator.state().trustAuthorityClusters.flatMap(({ providers: those }) => those);

it("walks the vendor's road to a healthy trusted provider, grows it, renews its certificate, and deletes it", async () => {
  const primaryKeyID = await first.makeKey();
  const begun = await example.begin({
    ...vcenter.settings,
    trustAuthorityCluster: vcenter.simulator.trustAuthorityClusters[0] ?? "",
    primaryKeyID,
    "servers[0].hostname": first.settings.hostnames[0] ?? "",
    "servers[0].port": first.settings.port,
    "fingerprints[0]": first.fingerprint256,
  });
  example.expectShown("begin", begun);
  expect(takenMethods()).toEqual([
    "createKmsProvider",
    "updateTrustedPeerCerts",
    "createKmsCsr",
    "updateKmsClientCertificate",
  ]);
  expect(await example.workspace.outputs()).toMatchObject({ health: "healthy" });
  await example.expectSettled();
  await example.workspace.preview({ args: ["--refresh", "--expect-no-changes"] });
  expect(takenMethods()).toEqual([]);

  const grown = await example.follow(
    "grow",
    {},
    {
      "servers[1].hostname": second.settings.hostnames[0] ?? "",
      "servers[1].port": second.settings.port,
      "fingerprints[1]": second.fingerprint256,
    },
  );
  example.expectShown("grow", grown);
  expect(takenMethods()).toEqual(["updateKmsProvider", "updateTrustedPeerCerts"]);

  example.expectShown("renew", await example.follow("renew"));
  expect(takenMethods()).toEqual(["createKmsCsr", "updateKmsClientCertificate"]);
  await example.expectSettled();

  await example.follow("release");
  await example.follow("destroy");
  expect(providers()).toEqual([]);
  expect((await example.workspace.exportState()).resources).toEqual([]);
}, 180_000);
