import { defaultKeyProvider } from "../../../provider/systems/vsphere/default-key-provider/default-key-provider";
import { Resource, runOn } from "../harness";
import { SoapCaller } from "../simulator/soap-caller";
import { type Scene, STANDARD } from "../stage";
import { lifecycleTable, useTheatre } from "../table";

const byDefault = { keyProvider: STANDARD };
const entity = "ClusterComputeResource:domain-c8";

const present = ({ vcenter }: Scene) => vcenter.state().defaultProvider;

/** Another provider that is the default, and healthy where it is a copy of the one that is certified. */
const another = async (scene: Scene) => {
  await new SoapCaller(scene.vcenter).register("another", scene.server(1).port);
  await scene.somebody("changeDefault", { provider: "another" });
};

lifecycleTable("DefaultKeyProvider", defaultKeyProvider, "certified", [
  {
    name: "makes a healthy provider the default, and none when it is deleted",
    steps: [
      {
        up: byDefault,
        did: "created",
        writes: ["SetDefaultKmsCluster"],
        afterwards: ({ scene }) => expect(present(scene)).toBe(STANDARD),
      },
      { up: byDefault, did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: byDefault, did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        writes: ["SetDefaultKmsCluster"],
        says: ["there is none now"],
        afterwards: ({ scene }) => expect(present(scene)).toBeUndefined(),
      },
    ],
  },
  {
    name: "does not go back to a former default that is not healthy",
    steps: [
      {
        given: ({ scene }) => another(scene),
        up: byDefault,
        did: "created",
        outputs: { previous: "another" },
        writes: ["SetDefaultKmsCluster"],
      },
      {
        destroy: true,
        did: "deleted",
        writes: ["SetDefaultKmsCluster"],
        says: ["there is none now"],
        afterwards: ({ scene }) => expect(present(scene)).toBeUndefined(),
      },
    ],
  },
  {
    name: "leaves a default that somebody has set meanwhile",
    steps: [
      { up: byDefault, did: "created", writes: ["SetDefaultKmsCluster"] },
      {
        given: ({ scene }) => another(scene),
        destroy: true,
        did: "deleted",
        afterwards: ({ scene }) => expect(present(scene)).toBe("another"),
      },
    ],
  },
  {
    name: "sees another default, and sets its own again",
    steps: [
      { up: byDefault, did: "created", writes: ["SetDefaultKmsCluster"] },
      { given: ({ scene }) => another(scene), refresh: true, did: "refreshed", inputs: { keyProvider: "another" } },
      {
        up: byDefault,
        did: "updated",
        writes: ["SetDefaultKmsCluster"],
        says: [`will make "${STANDARD}" the default in the place of "another"`],
        afterwards: ({ scene }) => expect(present(scene)).toBe(STANDARD),
      },
    ],
  },
  {
    name: "is gone where somebody has taken the default away, and made again",
    steps: [
      { up: byDefault, did: "created", writes: ["SetDefaultKmsCluster"] },
      { given: ({ scene }) => scene.somebody("changeDefault"), refresh: true, did: "gone" },
      { up: byDefault, did: "created", writes: ["SetDefaultKmsCluster"] },
    ],
  },
  {
    name: "makes no provider the default that is not healthy",
    stage: "trusting",
    steps: [{ up: byDefault, failed: ["EKM_KEY_PROVIDER_UNHEALTHY", "Give the vsphere.KeyProviderTrust"] }],
  },
  {
    name: "is that of an entity where one is named",
    steps: [
      {
        up: { ...byDefault, entity },
        did: "created",
        writes: ["SetDefaultKmsCluster"],
        afterwards({ scene, resource }) {
          expect(resource.state?.id).toBe(entity);
          expect(present(scene)).toBeUndefined();
          expect(scene.vcenter.state().entityDefaults).toMatchObject([{ provider: STANDARD }]);
        },
      },
      { refresh: true, did: "refreshed" },
      { up: { ...byDefault, entity }, did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        writes: ["SetDefaultKmsCluster"],
        afterwards: ({ scene }) => expect(scene.vcenter.state().entityDefaults).toEqual([]),
      },
    ],
  },
  {
    name: "knows the former default also where the answer was lost",
    steps: [
      {
        async given({ scene }) {
          await another(scene);
          scene.loseAnswer("SetDefaultKmsCluster");
        },
        up: byDefault,
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: ["SetDefaultKmsCluster"],
      },
      { up: byDefault, did: "created", outputs: { previous: "another" } },
    ],
  },
]);

test("a default key provider is declared once", async () => {
  const scene = await theatre.scene("certified");
  const run = runOn(scene);
  await new Resource(defaultKeyProvider, "vsphere:DefaultKeyProvider", run).up(byDefault);
  const second = new Resource(defaultKeyProvider, "vsphere:DefaultKeyProvider", run, "again");
  expect(await second.up(byDefault)).toEqual({
    refused: [expect.objectContaining({ reason: expect.stringContaining("there is one default") })],
  });
  await run.close();
});

const theatre = useTheatre();
