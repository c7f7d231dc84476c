import { markedName } from "../../../provider/adapters/pulumi/urn";
import { trustedKeyProvider } from "../../../provider/systems/vsphere/trusted-key-provider/trusted-key-provider";
import { urnOf } from "../../kit/resource";
import { Resource, runOn } from "../harness";
import { SoapCaller } from "../simulator/soap-caller";
import { byHand } from "../specimens/key-provider";
import { CLUSTER, PRIMARY_KEY, type Scene, STANDARD, TRUSTED } from "../stage";
import { lifecycleTable, useTheatre } from "../table";

const MARKED = markedName(urnOf("vsphere:TrustedKeyProvider", "main", "dev"));

const trusted = { trustAuthorityCluster: CLUSTER, primaryKeyID: PRIMARY_KEY };

const on =
  (...numbers: number[]) =>
  (scene: Scene) => ({
    ...trusted,
    servers: numbers.map((number) => scene.server(number)),
    trustedServers: numbers.map((number) => scene.pin(number)),
  });

const asDeclared = (scene: Scene) => ({ ...byHand(scene, TRUSTED), ...trusted, description: "made by hand" });
const adopted = (scene: Scene) => ({ ...asDeclared(scene), adopt: "match" as const });

const names = ({ vcenter }: Scene) =>
  vcenter.state().trustAuthorityClusters.flatMap(({ providers }) => providers.map(({ name }) => name));

const CREATED = ["createKmsProvider", "updateTrustedPeerCerts"] as const;

lifecycleTable("TrustedKeyProvider", trustedKeyProvider, "bare", [
  {
    name: "is made, trusts what is listed, and stays where it is destroyed",
    steps: [
      {
        up: on(0),
        did: "created",
        outputs: { name: MARKED, ...trusted, serversTrusted: true, onDelete: "keep" },
        writes: [...CREATED],
      },
      { up: on(0), did: "unchanged" },
      { refresh: true, did: "refreshed", inputs: { name: MARKED, autoName: MARKED } },
      { up: on(0), did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        says: [`key provider "${MARKED}" stays as it is, as onDelete says`],
        afterwards: ({ scene }) => expect(names(scene)).toEqual([MARKED]),
      },
      { up: on(0), did: "created", afterwards: ({ scene }) => expect(names(scene)).toEqual([MARKED]) },
    ],
  },
  {
    name: "is deleted only where the vCenters that may use it are named",
    steps: [
      { up: (scene) => ({ ...on(0)(scene), onDelete: "delete" }), did: "created", writes: [...CREATED] },
      { destroy: true, failed: ["EKM_KEY_PROVIDER_IN_USE", "cannot be seen here", "workloadVcenters"] },
      {
        up: (scene) => ({ ...on(0)(scene), onDelete: "delete", workloadVcenters: ["default"] }),
        did: "updated",
      },
      {
        destroy: true,
        did: "deleted",
        writes: ["deleteKmsProvider"],
        afterwards: ({ scene }) => expect(names(scene)).toEqual([]),
      },
    ],
  },
  {
    name: "gives the password by a call of its own, again for new servers, and keeps it nowhere",
    steps: [
      {
        up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "first canary" }),
        did: "created",
        writes: ["createKmsProvider", "setKmsCredential", "updateTrustedPeerCerts"],
        afterwards: ({ resource }) => expect(JSON.stringify(resource.state?.outputs)).not.toContain("canary"),
      },
      {
        up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "second canary" }),
        did: "updated",
        writes: ["setKmsCredential"],
      },
      {
        up: (scene) => ({ ...on(0, 1)(scene), username: "ekm", password: "second canary" }),
        did: "updated",
        writes: ["updateKmsProvider", "setKmsCredential", "updateTrustedPeerCerts"],
      },
    ],
  },
  {
    name: "gives a password again that may not have arrived, to new servers too",
    steps: [
      {
        up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "first canary" }),
        did: "created",
        writes: ["createKmsProvider", "setKmsCredential", "updateTrustedPeerCerts"],
      },
      {
        given: ({ scene }) => scene.answer("setKmsCredential", { drop: true }),
        up: (scene) => ({ ...on(0, 1)(scene), username: "ekm", password: "first canary" }),
        failed: ["EKM_CONNECTION_UNREACHABLE", "setKmsCredential"],
        incomplete: true,
        writes: ["updateKmsProvider", "setKmsCredential"],
      },
      {
        up: (scene) => ({ ...on(0, 1)(scene), username: "ekm", password: "first canary" }),
        did: "updated",
        writes: ["setKmsCredential", "updateTrustedPeerCerts"],
      },
      { up: (scene) => ({ ...on(0, 1)(scene), username: "ekm", password: "first canary" }), did: "unchanged" },
    ],
  },
  {
    name: "gives the password to a provider whose create was cut off before it",
    steps: [
      {
        given: ({ scene }) => scene.loseAnswer("setKmsCredential"),
        up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "first canary" }),
        failed: ["EKM_CONNECTION_UNREACHABLE", "setKmsCredential"],
        writes: ["createKmsProvider", "setKmsCredential"],
      },
      {
        up: (scene) => ({ ...on(0)(scene), username: "ekm", password: "first canary" }),
        did: "created",
        writes: ["setKmsCredential", "updateTrustedPeerCerts"],
        afterwards: ({ scene }) => expect(names(scene)).toEqual([MARKED]),
      },
    ],
  },
  {
    name: "trusts nothing that is not listed, and goes on where it is listed then",
    steps: [
      {
        up: (scene) => ({ ...on(0)(scene), trustedServers: [scene.pin(1)] }),
        failed: ["EKM_SERVER_CERTIFICATE", "CN=one", "which trustedServers does not list", 'add "'],
        incomplete: true,
        writes: ["createKmsProvider"],
        afterwards: ({ scene }) => expect(scene.trusted(MARKED)?.trustedCertificates).toEqual([]),
      },
      { up: on(0), did: "updated", outputs: { serversTrusted: true }, writes: ["updateTrustedPeerCerts"] },
      {
        up: (scene) => ({ ...on(0)(scene), trustedServers: [scene.keyServers.at(0).certificate] }),
        did: "unchanged",
      },
    ],
  },
  {
    name: "goes on after the answer to a change was lost, and is gone though that to its delete was",
    steps: [
      {
        up: (scene) => ({ ...on(0)(scene), onDelete: "delete", workloadVcenters: ["default"] }),
        did: "created",
        writes: [...CREATED],
      },
      {
        given: ({ scene }) => scene.loseAnswer("updateKmsProvider"),
        up: (scene) => ({ ...on(0, 1)(scene), onDelete: "delete", workloadVcenters: ["default"] }),
        failed: ["EKM_CONNECTION_UNREACHABLE", "updateKmsProvider"],
        incomplete: true,
        writes: ["updateKmsProvider"],
      },
      {
        up: (scene) => ({ ...on(0, 1)(scene), onDelete: "delete", workloadVcenters: ["default"] }),
        did: "updated",
        writes: ["updateTrustedPeerCerts"],
        afterwards: ({ scene }) => expect(scene.trusted(MARKED)?.servers).toHaveLength(2),
      },
      {
        given: ({ scene }) => scene.loseAnswer("deleteKmsProvider"),
        destroy: true,
        failed: ["EKM_CONNECTION_UNREACHABLE", "deleteKmsProvider"],
        writes: ["deleteKmsProvider"],
      },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expect(names(scene)).toEqual([]) },
    ],
  },
  {
    name: "stops at a provider of its exact name, takes it over where that is declared, and takes none that is not there",
    stage: "certified",
    steps: [
      { up: asDeclared, failed: ["EKM_EQUAL_OBJECT_EXISTS", 'adopt to "match"'] },
      { up: (scene) => ({ ...adopted(scene), name: "none" }), failed: ["EKM_OBJECT_NOT_FOUND"] },
      { up: adopted, did: "created" },
      { up: adopted, did: "unchanged" },
    ],
  },
  {
    name: "is made anew where somebody has deleted it",
    steps: [
      { up: on(0), did: "created", writes: [...CREATED] },
      { given: ({ scene }) => scene.somebody("deleteProvider", { provider: MARKED }), refresh: true, did: "gone" },
      { up: on(0), did: "created", writes: [...CREATED] },
    ],
  },
  {
    name: "has its primary key brought back by no run, unless that is allowed",
    stage: "certified",
    steps: [
      { up: adopted, did: "created" },
      {
        given: ({ scene }) => scene.somebody("changePrimaryKey", { provider: TRUSTED, primaryKeyID: "9" }),
        refresh: true,
        did: "refreshed",
        inputs: { primaryKeyID: "9" },
      },
      {
        up: asDeclared,
        failed: ["EKM_PRIMARY_KEY_CHANGED", 'its primary key is "9"'],
        incomplete: true,
        says: ["will be refused: somebody has made key 9 the primary one"],
      },
      // Whatever the engine keeps of the update that was refused.
      { up: asDeclared, failed: ["EKM_PRIMARY_KEY_CHANGED", 'its primary key is "9"'], incomplete: true },
      { refresh: true, did: "refreshed", inputs: { primaryKeyID: "9" } },
      {
        up: (scene) => ({ ...asDeclared(scene), primaryKeyChange: "allow" as const }),
        did: "updated",
        writes: ["updateKmsProvider"],
        says: ["machines that were encrypted under key 9 keep needing it"],
        afterwards: ({ scene }) => expect(scene.trusted()?.primaryKeyID).toBe(PRIMARY_KEY),
      },
    ],
  },
  {
    name: "loses a description that somebody has given it",
    steps: [
      { up: on(0), did: "created", writes: [...CREATED] },
      {
        given: ({ scene }) => scene.somebody("changeDescription", { provider: MARKED, description: "by hand" }),
        refresh: true,
        did: "refreshed",
        inputs: { description: "by hand" },
      },
      {
        up: on(0),
        did: "updated",
        writes: ["updateKmsProvider"],
        afterwards: ({ scene }) => expect(scene.trusted(MARKED)?.description).toBe(""),
      },
      { up: on(0), did: "unchanged" },
    ],
  },
  {
    name: "trusts its servers again where somebody has ended that",
    stage: "certified",
    steps: [
      { up: adopted, did: "created" },
      {
        given: ({ scene }) => scene.somebody("untrustCertificate", { provider: TRUSTED }),
        refresh: true,
        did: "refreshed",
        inputs: { serversTrusted: false },
      },
      {
        up: asDeclared,
        did: "updated",
        writes: ["updateTrustedPeerCerts"],
        afterwards: ({ scene }) => expect(scene.trusted()?.trustedCertificates).toHaveLength(1),
      },
    ],
  },
  {
    name: "has a user name and a time-out set back to what is declared, and refuses to take away what somebody gave it",
    stage: "certified",
    steps: [
      { up: (scene) => ({ ...adopted(scene), username: "ekm" }), did: "created", writes: ["updateKmsProvider"] },
      {
        given: ({ scene }) => scene.somebody("changeUserName", { provider: TRUSTED, userName: "somebody" }),
        refresh: true,
        did: "refreshed",
        inputs: { username: "somebody" },
      },
      {
        up: (scene) => ({ ...asDeclared(scene), username: "ekm" }),
        did: "updated",
        writes: ["updateKmsProvider"],
      },
      {
        given: ({ scene }) => scene.somebody("changeTimeout", { provider: TRUSTED, seconds: 7 }),
        refresh: true,
        did: "refreshed",
        inputs: { connectionTimeout: 7 },
      },
      {
        up: (scene) => ({ ...asDeclared(scene), username: "ekm" }),
        refused: ["connectionTimeout"],
        because: ["EKM_KEY_PROVIDER_IN_USE"],
      },
    ],
  },
  {
    name: "trusts and adds before it removes and distrusts",
    steps: [
      { up: on(0), did: "created", writes: [...CREATED] },
      {
        up: on(1),
        did: "updated",
        writes: ["updateKmsProvider", "updateTrustedPeerCerts", "updateKmsProvider", "updateTrustedPeerCerts"],
        afterwards({ scene }) {
          const { servers, trustedCertificates } = scene.trusted(MARKED) ?? {};
          expect(servers?.map(({ port }) => port)).toEqual([scene.server(1).port]);
          expect(trustedCertificates).toHaveLength(1);
        },
      },
    ],
  },
  {
    name: "cannot be made to forget a user name: that is another provider, refused where its use cannot be seen",
    steps: [
      { up: (scene) => ({ ...on(0)(scene), username: "ekm" }), did: "created", writes: [...CREATED] },
      {
        up: (scene) => ({ ...on(0)(scene), username: "other" }),
        did: "updated",
        writes: ["updateKmsProvider"],
      },
      { up: on(0), refused: ["username"], because: ["EKM_KEY_PROVIDER_IN_USE"] },
    ],
  },
  {
    name: "keeps its primary key, unless a change is allowed, and warns of what looks like a name",
    steps: [
      {
        up: (scene) => ({ ...on(0)(scene), primaryKeyID: "master-key" }),
        did: "created",
        writes: [...CREATED],
        says: ["looks like the name of a key"],
      },
      {
        up: (scene) => ({ ...on(0)(scene), primaryKeyID: "9" }),
        refused: ["primaryKeyID"],
        because: ["EKM_PRIMARY_KEY_CHANGED", 'its primary key is "master-key"'],
      },
      {
        up: (scene) => ({ ...on(0)(scene), primaryKeyID: "9", primaryKeyChange: "allow" as const }),
        did: "updated",
        writes: ["updateKmsProvider"],
        says: ["machines that were encrypted under key master-key keep needing it"],
        afterwards: ({ scene }) => expect(scene.trusted(MARKED)?.primaryKeyID).toBe("9"),
      },
    ],
  },
  {
    name: "finds what it made when answers were lost",
    steps: [
      {
        given: ({ scene }) => scene.loseAnswer("createKmsProvider"),
        up: on(0),
        failed: ["EKM_CONNECTION_UNREACHABLE", "createKmsProvider"],
        writes: ["createKmsProvider"],
      },
      {
        given: ({ scene }) => scene.loseAnswer("updateTrustedPeerCerts"),
        up: on(0),
        failed: ["EKM_CONNECTION_UNREACHABLE", "updateTrustedPeerCerts"],
        incomplete: true,
        writes: ["updateTrustedPeerCerts"],
      },
      { up: on(0), did: "updated", afterwards: ({ scene }) => expect(names(scene)).toEqual([MARKED]) },
      { up: on(0), did: "unchanged" },
    ],
  },
  {
    name: "does not take the name of a standard provider",
    stage: "provided",
    steps: [
      {
        up: (scene) => ({ ...on(0)(scene), name: STANDARD }),
        failed: ["EKM_EQUAL_OBJECT_EXISTS", "of another kind", "ALREADY_EXISTS"],
        writes: ["createKmsProvider"],
      },
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
          await scene.somebody("addServer", { provider: TRUSTED, server: "by hand", host, port });
          const { certificate } = scene.keyServers.at(2);
          await scene.somebody("trustCertificate", { provider: TRUSTED, certificate });
          await scene.somebody("changeDescription", { provider: TRUSTED, description: "mine" });
        },
        refresh: true,
        did: "refreshed",
        inputs: { description: "mine", serversTrusted: false },
        afterwards: ({ scene, resource }) =>
          expect(resource.state?.inputs).toHaveProperty("trustedServers", [scene.pin(0), scene.pin(2)]),
      },
      {
        up: asDeclared,
        did: "updated",
        writes: ["updateKmsProvider", "updateKmsProvider", "updateTrustedPeerCerts"],
        afterwards({ scene }) {
          const { servers, trustedCertificates, description } = scene.trusted() ?? {};
          expect([servers?.length, trustedCertificates?.length, description]).toEqual([1, 1, "made by hand"]);
        },
      },
    ],
  },
]);

describe("a trusted key provider", () => {
  const theatre = useTheatre();

  test("cannot be on a vCenter without Trust Authority, which names what to use", async () => {
    const scene = await theatre.scene("bare");
    await scene.somebody("upgrade", { apiVersion: "9.0.0.0" });
    const run = runOn(scene);
    const resource = new Resource(trustedKeyProvider, "vsphere:TrustedKeyProvider", run);
    const outcome = await resource.up(on(0)(scene));
    expect(outcome).toMatchObject({ failed: "EKM_API_VERSION" });
    expect(outcome).toHaveProperty("message", expect.stringContaining("vsphere.KeyProvider"));
    await run.close();
  });

  test("is not looked for on another vCenter at the same address", async () => {
    const scene = await theatre.scene("certified");
    const [before, after] = [runOn(scene), runOn(scene)];
    const resource = new Resource(trustedKeyProvider, "vsphere:TrustedKeyProvider", before);
    await resource.up(adopted(scene));
    await scene.somebody("replaceIdentity");
    const later = new Resource(trustedKeyProvider, "vsphere:TrustedKeyProvider", after);
    later.state = resource.state;
    expect(await later.refresh()).toMatchObject({ failed: "EKM_CONNECTION_IDENTITY" });
    expect(await later.destroy()).toMatchObject({ failed: "EKM_CONNECTION_IDENTITY" });
    await before.close();
    await after.close();
  });

  test("lets machines be read at every moment while its servers change, and is not deleted while one is", async () => {
    const scene = await theatre.scene("certified");
    await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
    const [primaryKeyID = ""] = scene.keyServers.keys().slice(-1);
    await scene.somebody("changePrimaryKey", { provider: TRUSTED, primaryKeyID });
    const workload = { clusterId: { id: TRUSTED }, managementType: "trustAuthority" };
    await new SoapCaller(scene.vcenter).done("RegisterKmsCluster", workload);
    await scene.somebody("encrypt", { machine: "web", provider: TRUSTED });
    expect((await scene.vcenter.unwraps()).map(({ provider }) => provider)).toContain(TRUSTED);

    const run = runOn(scene);
    const resource = new Resource(trustedKeyProvider, "vsphere:TrustedKeyProvider", run);
    const args = { ...asDeclared(scene), primaryKeyID, onDelete: "delete" as const, workloadVcenters: ["default"] };
    await resource.up({ ...args, adopt: "match" });
    run.next();
    const written: string[] = [];
    scene.beforeAnswer = async (method) => {
      if (method.startsWith("update")) written.push(method);
      expect(await scene.unreadable()).toEqual([]);
    };
    const { servers, trustedServers } = on(1, 2)(scene);
    expect(await resource.up({ ...args, servers, trustedServers })).toMatchObject({ did: "updated" });
    expect(written).toEqual([
      "updateKmsProvider",
      "updateTrustedPeerCerts",
      "updateKmsProvider",
      "updateTrustedPeerCerts",
    ]);
    expect(await resource.destroy()).toMatchObject({ failed: "EKM_KEY_PROVIDER_IN_USE" });
    expect(await scene.unreadable()).toEqual([]);
    await run.close();
  });

  test("stays in state where an upgrade has taken Trust Authority away", async () => {
    const scene = await theatre.scene("certified");
    const [before, after] = [runOn(scene), runOn(scene)];
    const resource = new Resource(trustedKeyProvider, "vsphere:TrustedKeyProvider", before);
    await resource.up(adopted(scene));
    await scene.somebody("upgrade", { apiVersion: "9.0.0.0" });
    const later = new Resource(trustedKeyProvider, "vsphere:TrustedKeyProvider", after);
    later.state = resource.state;
    expect(await later.refresh()).toMatchObject({ failed: "EKM_API_VERSION" });
    expect(later.state?.outputs).toMatchObject({ name: TRUSTED });
    // Nothing is asked of what stays.
    expect(await later.destroy()).toMatchObject({ did: "deleted" });
    await before.close();
    await after.close();
  });

  test("is not deleted while a vCenter that is named has a machine with a key of it", async () => {
    const scene = await theatre.scene("certified");
    const run = runOn(scene);
    const resource = new Resource(trustedKeyProvider, "vsphere:TrustedKeyProvider", run);
    await resource.up({ ...adopted(scene), onDelete: "delete", workloadVcenters: ["default"] });
    await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
    // A machine names the provider of its key, whatever kind that is of.
    scene.answer("RetrievePropertiesEx", { replaceText: { [STANDARD]: TRUSTED } }, "after");
    expect(await resource.destroy()).toMatchObject({ failed: "EKM_KEY_PROVIDER_IN_USE" });
    expect(names(scene)).toEqual([TRUSTED]);
    await run.close();
  });
});
