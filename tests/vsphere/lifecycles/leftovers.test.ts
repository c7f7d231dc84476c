import { defaultKeyProvider } from "../../../provider/systems/vsphere/default-key-provider/default-key-provider";
import { keyProvider } from "../../../provider/systems/vsphere/key-provider/key-provider";
import { keyProviderTrust } from "../../../provider/systems/vsphere/key-provider-trust/key-provider-trust";
import { trustedKeyProvider } from "../../../provider/systems/vsphere/trusted-key-provider/trusted-key-provider";
import { noteLeftover, Resource, type Run, runOn } from "../harness";
import { RestCaller } from "../simulator/rest-caller";
import { SoapCaller } from "../simulator/soap-caller";
import { byHand } from "../specimens/key-provider";
import { CLUSTER, PRIMARY_KEY, type Scene, STANDARD, TRUSTED } from "../stage";
import { useTheatre } from "../table";

const theatre = useTheatre();

const LEFT = "left";

const providers = ({ vcenter }: Scene) => vcenter.state().kmsClusters.map(({ name }) => name);

/** A run was cut off when it had registered a standard provider. */
async function cutOff(run: Run, scene: Scene): Promise<void> {
  await new SoapCaller(scene.vcenter).register(LEFT, scene.server().port);
  noteLeftover(run, scene, "vsphere:KeyProvider", LEFT);
}

/** What says in a plan what is to be removed. */
interface Announcer {
  up(): Promise<object>;
}

/** Each makes a run of another resource that removes what it may. */
const removers = {
  "a default is declared": async (run: Run) => {
    const resource = new Resource(defaultKeyProvider, "vsphere:DefaultKeyProvider", run);
    expect(await resource.up({ keyProvider: STANDARD })).toHaveProperty("did", "created");
  },
  "the trust in a trusted provider is declared": async (run: Run, scene: Scene) => {
    const resource = new Resource(keyProviderTrust, "vsphere:KeyProviderTrust", run);
    const certificate = scene.trusted()?.clientCertificate?.pem;
    const declared = { keyProvider: `${CLUSTER}/${TRUSTED}`, certificate };
    expect(await resource.up(declared)).toHaveProperty("did", "created");
  },
  "a standard provider is deleted": async (run: Run, scene: Scene) => {
    const resource = new Resource(keyProvider, "vsphere:KeyProvider", run);
    await resource.up({ name: "other", servers: [scene.server(1)], trustedServers: [scene.pin(1)] });
    expect(await resource.destroy()).toHaveProperty("did", "deleted");
  },
  "a trusted provider leaves the program": async (run: Run, scene: Scene) => {
    const resource = new Resource(trustedKeyProvider, "vsphere:TrustedKeyProvider", run);
    const args = { ...byHand(scene, TRUSTED), trustAuthorityCluster: CLUSTER, primaryKeyID: PRIMARY_KEY };
    await resource.up({ ...args, description: "made by hand", adopt: "match" });
    expect(await resource.destroy()).toHaveProperty("did", "deleted");
  },
};

const whenever = test.each(Object.entries(removers));

whenever("what a cut-off run has made is removed when %s, and told", async (_name, remove) => {
  const scene = await theatre.scene("certified");
  const run = runOn(scene);
  await cutOff(run, scene);
  await remove(run, scene);
  expect(providers(scene)).toEqual([STANDARD]);
  expect(run.lines.map(({ message }) => message)).toContainEqual(
    expect.stringContaining(`removed key provider "${LEFT}": a run that was cut off had made it`),
  );
  expect(run.journal.leftovers(scene.vcenter.instanceUuid, "")).toEqual([]);
  await run.close();
});

/** Each makes the provider one that stays. */
const uses: Record<string, (scene: Scene) => Promise<unknown> | unknown> = {
  "is the default": (scene) => scene.somebody("changeDefault", { provider: LEFT }),
  async "has given a machine its key"(scene) {
    await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
    for (const _kind of ["machines", "hosts"]) {
      scene.answer("RetrievePropertiesEx", { replaceText: { [STANDARD]: LEFT } }, "after");
    }
  },
};

test.each(Object.entries(uses))("what a cut-off run has made stays where it %s", async (_name, use) => {
  const scene = await theatre.scene("certified");
  const run = runOn(scene);
  await cutOff(run, scene);
  await use(scene);
  const before = scene.vcenter.state().defaultProvider;
  await removers["a trusted provider leaves the program"](run, scene);
  expect(providers(scene)).toEqual([STANDARD, LEFT]);
  expect(scene.vcenter.state().defaultProvider).toBe(before);
  await run.close();
});

test("what was made and certified, and was the default, goes when another one takes its place", async () => {
  const scene = await theatre.scene("certified");
  const run = runOn(scene);
  await cutOff(run, scene);
  await scene.somebody("generateClientCertificate", { provider: LEFT });
  await scene.somebody("changeDefault", { provider: LEFT });
  await removers["a default is declared"](run);
  expect(providers(scene)).toEqual([STANDARD]);
  expect(run.journal.leftovers(scene.vcenter.instanceUuid, "")).toEqual([]);
  await run.close();
});

test.each<[string, (run: Run) => Announcer]>([
  [
    "a default",
    (run) => {
      const resource = new Resource(defaultKeyProvider, "vsphere:DefaultKeyProvider", run);
      return { up: () => resource.up({ keyProvider: STANDARD }) };
    },
  ],
  [
    "the trust in a trusted provider",
    (run) => {
      const resource = new Resource(keyProviderTrust, "vsphere:KeyProviderTrust", run);
      return { up: () => resource.up({ keyProvider: `${CLUSTER}/${TRUSTED}` }) };
    },
  ],
])("%s that was there before announces it, and is updated for it once", async (_name, announcerOn) => {
  const scene = await theatre.scene("certified");
  const run = runOn(scene);
  const announcer = announcerOn(run);
  await announcer.up();
  await cutOff(run, scene);
  run.next();
  expect(await announcer.up()).toHaveProperty("did", "updated");
  expect(run.lines.map(({ message }) => message)).toContainEqual(
    expect.stringContaining(`will look for key provider "${LEFT}"`),
  );
  run.next();
  expect(await announcer.up()).toHaveProperty("did", "unchanged");
  await run.close();
});

test("a create that was cut off notes its mark, and the provider goes when nothing declares it", async () => {
  const scene = await theatre.scene("certified");
  const run = runOn(scene);
  const resource = new Resource(keyProvider, "vsphere:KeyProvider", run);
  scene.loseAnswer("RegisterKmipServer");
  const lost = await resource.up({ servers: [scene.server()], trustedServers: [scene.pin()] });
  expect(lost).toHaveProperty("failed", "EKM_CONNECTION_UNREACHABLE");
  expect(providers(scene)).toHaveLength(2);
  run.next();
  await removers["a default is declared"](run);
  expect(providers(scene)).toEqual([STANDARD]);
  await run.close();
});

test("a declared one is none of it, and neither is one of an exact name", async () => {
  const scene = await theatre.scene("certified");
  const run = runOn(scene);
  const args = { servers: [scene.server()], trustedServers: [scene.pin()] };
  const marked = new Resource(keyProvider, "vsphere:KeyProvider", run);
  const exact = new Resource(keyProvider, "vsphere:KeyProvider", run, "exact");
  for (const [resource, given] of [
    [marked, args],
    [exact, { ...args, name: "exact" }],
  ] as const) {
    scene.loseAnswer("RegisterKmipServer");
    expect(await resource.up(given)).toHaveProperty("failed");
  }
  run.next();
  await marked.check(args);
  await removers["a default is declared"](run);
  expect(providers(scene)).toHaveLength(3);
  await run.close();
});

test("a trusted one with a client certificate may be used elsewhere, and stays", async () => {
  const scene = await theatre.scene("certified");
  const run = runOn(scene);
  await new RestCaller(scene.vcenter).create(LEFT, scene.server().port);
  await scene.somebody("generateClientCertificate", { provider: LEFT });
  noteLeftover(run, scene, "vsphere:TrustedKeyProvider", `${CLUSTER}/${LEFT}`);
  await removers["a standard provider is deleted"](run, scene);
  expect(scene.trusted(LEFT)).toBeDefined();
  await run.close();
});

test("a trusted one that was to be deleted one day is removed, and no other", async () => {
  const scene = await theatre.scene("certified");
  const run = runOn(scene);
  await new RestCaller(scene.vcenter).create(LEFT, scene.server().port);
  noteLeftover(run, scene, "vsphere:TrustedKeyProvider", `${CLUSTER}/${LEFT}`);
  await removers["a standard provider is deleted"](run, scene);
  expect(scene.trusted(LEFT)).toBeUndefined();
  const kept = new Resource(trustedKeyProvider, "vsphere:TrustedKeyProvider", run);
  scene.loseAnswer("createKmsProvider");
  const trusted = { trustAuthorityCluster: CLUSTER, primaryKeyID: PRIMARY_KEY };
  await kept.up({ ...trusted, servers: [scene.server()], trustedServers: [scene.pin()] });
  expect(run.journal.leftovers(scene.vcenter.instanceUuid, "")).toEqual([]);
  await run.close();
});
