import { markedName } from "../../../provider/adapters/pulumi/urn";
import { keyProvider } from "../../../provider/systems/vsphere/key-provider/key-provider";
import { ConnectProxy } from "../../kit/connect-proxy";
import { urnOf } from "../../kit/resource";
import { Resource, Run, runOn, settingsOf } from "../harness";
import { SoapCaller } from "../simulator/soap-caller";
import { byHand } from "../specimens/key-provider";
import { type Scene, STANDARD } from "../stage";
import { lifecycleTable, useTheatre } from "../table";

const MARKED = markedName(urnOf("vsphere:KeyProvider", "main", "dev"));

/** A provider with some of the key servers, which may present any of their certificates. */
const on =
  (...numbers: number[]) =>
  (scene: Scene) => ({
    servers: numbers.map((number) => scene.server(number)),
    trustedServers: [0, 1, 2].map((number) => scene.pin(number)),
  });

const adopted = (scene: Scene) => ({ ...byHand(scene, STANDARD), adopt: "match" as const });

const CREATED = ["RegisterKmipServer", "UploadKmipServerCert"] as const;

const providers = ({ vcenter }: Scene) => vcenter.state().kmsClusters.map(({ name }) => name);
const ports = (scene: Scene, name?: string) => scene.standard(name)?.servers.map(({ port }) => port);

/** Fails at the first write after which a machine cannot be read. */
const watched = (scene: Scene) => {
  scene.beforeAnswer = async () => expect(await scene.unreadable()).toEqual([]);
};

lifecycleTable("KeyProvider", keyProvider, "bare", [
  {
    name: "is made with its first server, trusts what is listed, and is deleted while nobody uses it",
    steps: [
      {
        up: on(0, 1),
        did: "created",
        outputs: { name: MARKED, serversTrusted: true, unreachableServers: [] },
        writes: ["RegisterKmipServer", "UploadKmipServerCert", "RegisterKmipServer", "UploadKmipServerCert"],
        afterwards: ({ scene }) => expect(scene.standard(MARKED)?.trustedCertificates).toHaveLength(2),
      },
      { up: on(1, 0), did: "unchanged" },
      { refresh: true, did: "refreshed", inputs: { name: MARKED, autoName: MARKED } },
      { up: on(0, 1), did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        writes: ["UnregisterKmsCluster"],
        afterwards: ({ scene }) => expect(providers(scene)).toEqual([]),
      },
    ],
  },
  {
    name: "trusts nothing that is not listed, says what it was, and goes on where it is listed then",
    steps: [
      {
        up: (scene) => ({ ...on(0)(scene), trustedServers: [scene.pin(1)] }),
        failed: ["EKM_SERVER_CERTIFICATE", "CN=one", "valid from", "which trustedServers does not list", 'add "'],
        incomplete: true,
        writes: ["RegisterKmipServer"],
        afterwards: ({ scene }) => expect(scene.standard(MARKED)?.trustedCertificates).toEqual([]),
      },
      { up: on(0), did: "updated", outputs: { serversTrusted: true }, writes: ["UploadKmipServerCert"] },
      { up: on(0), did: "unchanged" },
    ],
  },
  {
    name: "takes a certificate for its pin, in whatever spelling",
    steps: [
      {
        up: (scene) => ({ ...on(0)(scene), trustedServers: [scene.keyServers.at(0).certificate] }),
        did: "created",
        writes: ["RegisterKmipServer", "UploadKmipServerCert"],
      },
      {
        up: (scene) => ({ ...on(0)(scene), trustedServers: [scene.pin().replaceAll(":", "").toLowerCase()] }),
        did: "unchanged",
      },
    ],
  },
  {
    name: "finds what it made when the answer to its create was lost",
    steps: [
      {
        given: ({ scene }) => scene.loseAnswer("RegisterKmipServer"),
        up: on(0),
        failed: ["EKM_CONNECTION_UNREACHABLE", "RegisterKmipServer"],
        writes: ["RegisterKmipServer"],
      },
      {
        up: on(0),
        did: "created",
        writes: ["UploadKmipServerCert"],
        afterwards: ({ scene }) => expect(providers(scene)).toEqual([MARKED]),
      },
    ],
  },
  {
    name: "goes on after a lost answer between two writes",
    steps: [
      {
        given: ({ scene }) => scene.loseAnswer("UploadKmipServerCert"),
        up: on(0, 1),
        failed: ["EKM_CONNECTION_UNREACHABLE", "UploadKmipServerCert"],
        incomplete: true,
        writes: ["RegisterKmipServer", "UploadKmipServerCert"],
      },
      {
        up: on(0, 1),
        did: "updated",
        writes: ["RegisterKmipServer", "UploadKmipServerCert"],
        afterwards: ({ scene }) => expect(ports(scene, MARKED)).toHaveLength(2),
      },
    ],
  },
  {
    name: "adds a server before it removes one, and machines can be read at every moment",
    stage: "certified",
    steps: [
      { up: adopted, did: "created" },
      {
        async given({ scene }) {
          await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
          watched(scene);
        },
        up: (scene) => ({ ...on(1, 2)(scene), name: STANDARD }),
        did: "updated",
        writes: [
          "UploadKmipServerCert",
          "UploadKmipServerCert",
          "RegisterKmipServer",
          "RegisterKmipServer",
          "RemoveKmipServer",
        ],
        async afterwards({ scene }) {
          expect(ports(scene)).toEqual([scene.server(1).port, scene.server(2).port]);
          expect(await scene.unreadable()).toEqual([]);
        },
      },
    ],
  },
  {
    name: "finds a stranger among new servers before it writes anything",
    stage: "certified",
    steps: [
      { up: adopted, did: "created" },
      {
        up: (scene) => ({ ...on(0, 1)(scene), name: STANDARD, trustedServers: [scene.pin(0)] }),
        failed: ["EKM_SERVER_CERTIFICATE", "CN=two"],
        incomplete: true,
      },
    ],
  },
  {
    name: "gives the password anew when it is another one, or when it is told to, and keeps it nowhere",
    steps: [
      {
        up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "first canary" }),
        did: "created",
        writes: ["RegisterKmipServer", "UploadKmipServerCert"],
        afterwards: ({ resource }) => expect(JSON.stringify(resource.state?.outputs)).not.toContain("canary"),
      },
      { up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "first canary" }), did: "unchanged" },
      {
        up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "second canary" }),
        did: "updated",
        writes: ["UpdateKmipServer"],
      },
      {
        up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "second canary", passwordVersion: "2" }),
        did: "updated",
        writes: ["UpdateKmipServer"],
      },
    ],
  },
  {
    name: "changes user name, proxy and time-out in place, and takes them away again",
    steps: [
      { up: on(0), did: "created", writes: ["RegisterKmipServer", "UploadKmipServerCert"] },
      {
        up: (scene) => ({ ...on(0)(scene), username: "ekm", connectionTimeout: 30 }),
        did: "updated",
        writes: ["UpdateKmipServer"],
        afterwards: ({ scene }) =>
          expect(scene.standard(MARKED)?.servers).toMatchObject([{ userName: "ekm", timeoutSeconds: 30 }]),
      },
      {
        up: on(0),
        did: "updated",
        writes: ["UpdateKmipServer"],
        afterwards: ({ scene }) => {
          const [server] = scene.standard(MARKED)?.servers ?? [];
          expect([server?.userName || undefined, server?.timeoutSeconds]).toEqual([undefined, undefined]);
        },
      },
      { refresh: true, did: "refreshed" },
      { up: on(0), did: "unchanged" },
    ],
  },
  {
    name: "gives a password again that may not have arrived",
    steps: [
      {
        up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "first canary" }),
        did: "created",
        writes: ["RegisterKmipServer", "UploadKmipServerCert"],
      },
      {
        given: ({ scene }) => scene.answer("UpdateKmipServer", { drop: true }),
        up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "second canary" }),
        failed: ["EKM_CONNECTION_UNREACHABLE", "UpdateKmipServer"],
        incomplete: true,
        // It had no effect.
        writes: ["UpdateKmipServer"],
      },
      {
        up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "second canary" }),
        did: "updated",
        writes: ["UpdateKmipServer"],
      },
      { up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "second canary" }), did: "unchanged" },
    ],
  },
  {
    name: "goes on after the answer to a removal of a server was lost",
    steps: [
      { up: on(0, 1), did: "created", writes: [...CREATED, ...CREATED] },
      {
        given: ({ scene }) => scene.loseAnswer("RemoveKmipServer"),
        up: on(1),
        failed: ["EKM_CONNECTION_UNREACHABLE", "RemoveKmipServer"],
        incomplete: true,
        writes: ["RemoveKmipServer"],
      },
      { up: on(1), did: "updated", afterwards: ({ scene }) => expect(ports(scene, MARKED)).toHaveLength(1) },
    ],
  },
  {
    name: "is gone though the answer to its delete was lost",
    steps: [
      { up: on(0), did: "created", writes: [...CREATED] },
      {
        given: ({ scene }) => scene.loseAnswer("UnregisterKmsCluster"),
        destroy: true,
        failed: ["EKM_CONNECTION_UNREACHABLE", "UnregisterKmsCluster"],
        writes: ["UnregisterKmsCluster"],
      },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expect(providers(scene)).toEqual([]) },
    ],
  },
  {
    name: "is not deleted while it is the default of the vCenter",
    stage: "defaulted",
    steps: [
      { up: adopted, did: "created" },
      { destroy: true, failed: ["EKM_KEY_PROVIDER_DEFAULT", "of the vCenter"] },
      {
        given: ({ scene }) => scene.somebody("changeDefault"),
        destroy: true,
        did: "deleted",
        writes: ["UnregisterKmsCluster"],
      },
    ],
  },
  {
    name: "is not deleted while machines or hosts have keys of it, and names the first three",
    stage: "certified",
    steps: [
      { up: adopted, did: "created" },
      {
        async given({ scene }) {
          for (const machine of ["db", "mail", "web"]) await scene.somebody("encrypt", { machine, provider: STANDARD });
          const [host] = scene.vcenter.state().hosts;
          await scene.somebody("encrypt", { machine: host?.name, provider: STANDARD });
        },
        destroy: true,
        failed: ["EKM_KEY_PROVIDER_IN_USE", "and 1 more, 4 in all"],
        afterwards: async ({ scene }) => expect(await scene.unreadable()).toEqual([]),
      },
    ],
  },
  {
    name: "is not replaced while it is used: another name is refused before anything is called",
    stage: "certified",
    steps: [
      { up: adopted, did: "created" },
      {
        given: ({ scene }) => scene.somebody("encrypt", { machine: "db", provider: STANDARD }),
        up: (scene) => ({ ...on(0)(scene), name: "another" }),
        refused: ["name"],
        because: ["EKM_KEY_PROVIDER_IN_USE", "replacing key provider"],
      },
      {
        given: ({ scene }) => scene.somebody("decrypt", { machine: "db" }),
        up: (scene) => ({ ...on(0)(scene), name: "another" }),
        did: "replaced",
        writes: ["UnregisterKmsCluster", "RegisterKmipServer", "UploadKmipServerCert"],
      },
    ],
  },
  {
    name: "stops at a provider of its exact name, and takes it over where that is declared",
    stage: "trusting",
    steps: [
      { up: (scene) => byHand(scene, STANDARD), failed: ["EKM_EQUAL_OBJECT_EXISTS", 'adopt to "match"'] },
      { up: adopted, did: "created" },
      { up: adopted, did: "unchanged" },
    ],
  },
  {
    name: "does not take what is not there",
    steps: [
      { up: (scene) => ({ ...on(0)(scene), name: "none", adopt: "match" as const }), failed: ["EKM_OBJECT_NOT_FOUND"] },
    ],
  },
  {
    name: "sees what somebody has changed, and brings it back",
    stage: "certified",
    steps: [
      { up: adopted, did: "created" },
      {
        async given({ scene }) {
          const { hostname: host, port } = scene.server(1);
          await scene.somebody("addServer", { provider: STANDARD, server: "by hand", host, port });
          await scene.somebody("untrustCertificate", { provider: STANDARD });
          await scene.somebody("changeUserName", { provider: STANDARD, userName: "somebody" });
        },
        refresh: true,
        did: "refreshed",
        inputs: { serversTrusted: false, username: "somebody" },
      },
      {
        up: (scene) => byHand(scene, STANDARD),
        did: "updated",
        outputs: { serversTrusted: true },
        writes: ["UpdateKmipServer", "UploadKmipServerCert", "RemoveKmipServer"],
        afterwards: ({ scene }) => expect(ports(scene)).toEqual([scene.server().port]),
      },
    ],
  },
  {
    name: "sees what was done to any one of its servers",
    steps: [
      { up: (scene) => ({ ...on(0, 1)(scene), username: "ekm" }), did: "created", writes: [...CREATED, ...CREATED] },
      {
        async given({ scene }) {
          const [, second] = scene.standard(MARKED)?.servers ?? [];
          const info = { name: second?.name, address: second?.host, port: second?.port, userName: "somebody" };
          await new SoapCaller(scene.vcenter).done("UpdateKmipServer", { server: { clusterId: { id: MARKED }, info } });
        },
        refresh: true,
        did: "refreshed",
        inputs: { username: "somebody" },
      },
      {
        up: (scene) => ({ ...on(0, 1)(scene), username: "ekm" }),
        did: "updated",
        writes: ["UpdateKmipServer"],
        afterwards: ({ scene }) =>
          expect(scene.standard(MARKED)?.servers.map(({ userName }) => userName)).toEqual(["ekm", "ekm"]),
      },
    ],
  },
  {
    name: "adds a server again that somebody has removed, and leads one back that was led elsewhere",
    steps: [
      { up: on(0, 1), did: "created", writes: [...CREATED, ...CREATED] },
      {
        async given({ scene }) {
          const [first, second] = scene.standard(MARKED)?.servers ?? [];
          await scene.somebody("removeServer", { provider: MARKED, server: second?.name });
          await scene.somebody("moveServer", { provider: MARKED, server: first?.name, port: scene.server(2).port });
        },
        refresh: true,
        did: "refreshed",
        afterwards: ({ scene, resource }) =>
          expect(resource.state?.inputs).toMatchObject({ servers: [{ port: scene.server(2).port }] }),
      },
      {
        up: on(0, 1),
        did: "updated",
        writes: ["UpdateKmipServer", "RegisterKmipServer"],
        afterwards: ({ scene }) => expect(ports(scene, MARKED)).toEqual([scene.server(0).port, scene.server(1).port]),
      },
    ],
  },
  {
    name: "refuses a certificate that a server has anew, until it is listed",
    stage: "certified",
    steps: [
      { up: adopted, did: "created" },
      {
        given: ({ scene }) =>
          scene.somebody("moveServer", { provider: STANDARD, server: "kms", port: scene.server(1).port }),
        refresh: true,
        did: "refreshed",
        inputs: { serversTrusted: false },
      },
      {
        up: (scene) => ({ ...byHand(scene, STANDARD), servers: [{ name: "kms", ...scene.server(1) }] }),
        failed: ["EKM_SERVER_CERTIFICATE", "CN=two"],
        incomplete: true,
      },
      {
        up: (scene) => ({
          ...byHand(scene, STANDARD),
          servers: [{ name: "kms", ...scene.server(1) }],
          trustedServers: [scene.pin(0), scene.pin(1)],
        }),
        did: "updated",
        writes: ["UploadKmipServerCert"],
      },
    ],
  },
  {
    name: "tells of a server that is down, and fails no refresh over it",
    stage: "certified",
    steps: [
      { up: adopted, did: "created" },
      {
        given: ({ scene }) => scene.somebody("moveServer", { provider: STANDARD, server: "kms", port: 1 }),
        refresh: true,
        did: "refreshed",
        outputs: { unreachableServers: ["kms"] },
      },
      {
        up: (scene) => byHand(scene, STANDARD),
        did: "updated",
        outputs: { unreachableServers: [] },
        writes: ["UpdateKmipServer"],
      },
    ],
  },
  {
    name: "is made anew where somebody has deleted it, under another id",
    steps: [
      { up: on(0), did: "created", writes: ["RegisterKmipServer", "UploadKmipServerCert"] },
      {
        given: ({ scene }) => scene.somebody("deleteProvider", { provider: MARKED }),
        up: (scene) => ({ ...on(0)(scene), connectionTimeout: 9 }),
        failed: ["EKM_OBJECT_NOT_FOUND", "vCenter has no key provider of this name any more", "--refresh"],
      },
      { refresh: true, did: "gone" },
      { up: on(0), did: "created", writes: ["RegisterKmipServer", "UploadKmipServerCert"] },
    ],
  },
]);

describe("a key provider", () => {
  const theatre = useTheatre();

  test("is reached through a proxy, and without one again", async () => {
    const scene = await theatre.scene("bare");
    const proxy = await ConnectProxy.start(scene.server().port);
    const run = runOn(scene);
    const resource = new Resource(keyProvider, "vsphere:KeyProvider", run);
    const through = { hostname: "127.0.0.1", port: proxy.port };
    expect(await resource.up({ ...on(0)(scene), proxy: through })).toMatchObject({ did: "created" });
    expect(proxy.asked).toContain(`127.0.0.1:${scene.server().port}`);
    run.next();
    expect(await resource.refresh()).toHaveProperty("did", "refreshed");
    expect(await resource.up({ ...on(0)(scene), proxy: through })).toMatchObject({ did: "unchanged" });
    run.next();
    expect(await resource.up(on(0)(scene))).toMatchObject({ did: "updated" });
    expect(scene.standard(MARKED)?.servers[0]?.proxy).toBeUndefined();
    proxy.stop();
    await run.close();
  });

  test("is declared once, by whatever resource", async () => {
    const scene = await theatre.scene("bare");
    const run = runOn(scene);
    const first = new Resource(keyProvider, "vsphere:KeyProvider", run);
    await first.up({ ...on(0)(scene), name: "storage" });
    const second = new Resource(keyProvider, "vsphere:KeyProvider", run, "again");
    expect(await second.up({ ...on(0)(scene), name: "storage" })).toEqual({
      refused: [expect.objectContaining({ property: "name", reason: expect.stringContaining("already declares it") })],
    });
    await run.close();
  });

  test("that another resource declares by then is left to that one", async () => {
    const scene = await theatre.scene("bare");
    const run = runOn(scene);
    const former = new Resource(keyProvider, "vsphere:KeyProvider", run);
    await former.up({ ...on(0)(scene), name: "storage" });
    run.next();
    const heir = new Resource(keyProvider, "vsphere:KeyProvider", run, "renamed");
    await heir.up({ ...on(0)(scene), name: "storage", adopt: "match" });
    expect(await former.destroy()).toEqual({ did: "deleted" });
    expect(scene.vcenter.state().kmsClusters.map(({ name }) => name)).toEqual(["storage"]);
    await run.close();
  });

  test("is not looked for on another vCenter at the same address", async () => {
    const scene = await theatre.scene("bare");
    const [before, after] = [runOn(scene), runOn(scene)];
    const resource = new Resource(keyProvider, "vsphere:KeyProvider", before);
    await resource.up(on(0)(scene));
    await scene.somebody("replaceIdentity");
    const later = new Resource(keyProvider, "vsphere:KeyProvider", after);
    later.state = resource.state;
    expect(await later.destroy()).toMatchObject({ failed: "EKM_CONNECTION_IDENTITY" });
    expect(await later.refresh()).toMatchObject({ failed: "EKM_CONNECTION_IDENTITY" });
    await before.close();
    await after.close();
  });

  test("has another id when it was made anew", async () => {
    const scene = await theatre.scene("bare");
    const run = new Run({ default: settingsOf(scene.vcenter) }, { clock: scene.clock });
    const resource = new Resource(keyProvider, "vsphere:KeyProvider", run);
    await resource.up(on(0)(scene));
    const former = resource.state?.id;
    expect(former).toMatch(new RegExp(`^${MARKED}#[0-9a-f]{8}$`));
    await resource.destroy();
    run.next();
    await resource.up(on(0)(scene));
    expect(resource.state?.id).not.toBe(former);
    await run.close();
  });
});
