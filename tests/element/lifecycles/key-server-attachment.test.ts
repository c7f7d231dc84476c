import { UNKNOWN } from "../../../provider/core/unknown";
import { keyServerAttachment } from "../../../provider/systems/element/attachment/attachment";
import { Resource, runOn } from "../harness";
import type { Scene } from "../stage";
import { lifecycleTable, useTheatre } from "../table";

const ADD = "AddKeyServerToProviderKmip";
const NOT_FOUND = "EKM_OBJECT_NOT_FOUND";
const REMOVE = "RemoveKeyServerFromProviderKmip";

const ends = { keyProvider: "1", keyServer: "1" };
const attachedTo = ({ cluster }: Scene) => cluster.state().keyServers.map(({ keyProviderID }) => keyProviderID);
const detachByHand = ({ scene }: { scene: Scene }) => scene.byHand(REMOVE, { keyServerID: 1 });
const external = (scene: Scene) => scene.rekeyByHand({ keyManagementType: "External", keyProviderID: 1 });
const secondProvider = (scene: Scene) => scene.byHand("CreateKeyProviderKmip", { keyProviderName: "second" });
const secondServer = (scene: Scene) =>
  scene.cluster.mutate(({ keyServers, lastIDs }) => {
    keyServers.push(...keyServers.map((server) => ({ ...server, keyServerID: 2, keyProviderID: null })));
    lastIDs.keyServer = 2;
  });

lifecycleTable("KeyServerAttachment", keyServerAttachment, [
  {
    name: "attaches, tests, stays, and detaches",
    stage: "attached",
    steps: [
      {
        given: detachByHand,
        up: ends,
        did: "created",
        outputs: { tested: true },
        writes: [ADD],
        afterwards: ({ scene }) => {
          expect(attachedTo(scene)).toEqual([1]);
          expect(scene.cluster.calls("TestKeyProviderKmip")).toHaveLength(1);
        },
      },
      { up: ends, did: "unchanged" },
      { refresh: true, did: "refreshed", inputs: ends },
      { up: ends, did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        writes: [REMOVE],
        afterwards: ({ scene }) => expect(attachedTo(scene)).toEqual([null]),
      },
    ],
  },
  {
    name: "has nothing to do where the server is attached, as after a lost answer",
    stage: "attached",
    steps: [
      {
        given: async ({ scene }) => {
          await detachByHand({ scene });
          scene.cluster.faults.add({ method: ADD, when: "after", count: 1, action: { drop: true } });
        },
        up: ends,
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: [ADD],
      },
      { up: ends, did: "created" },
    ],
  },
  {
    name: "adopts an attachment that exists, tests it, and makes none",
    stage: "attached",
    steps: [
      { up: { keyProvider: "2", keyServer: "1", adopt: "match" }, failed: [NOT_FOUND, "belongs to key provider 1"] },
      { up: { keyProvider: "1", keyServer: "5", adopt: "match" }, failed: [NOT_FOUND, "there is no key server 5"] },
      {
        given: detachByHand,
        up: { ...ends, adopt: "match" },
        failed: [NOT_FOUND, "belongs to key provider none", "leave adopt out"],
      },
      {
        given: ({ scene }) => scene.byHand(ADD, { keyProviderID: 1, keyServerID: 1 }),
        up: { ...ends, adopt: "match" },
        did: "created",
        outputs: { tested: true },
      },
      { refresh: true, did: "refreshed", inputs: { adopt: "match" } },
      { up: { ...ends, adopt: "match" }, did: "unchanged" },
      { up: ends, did: "unchanged" },
    ],
  },
  {
    name: "takes no server from another provider when it is new",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => secondProvider(scene),
        up: { keyProvider: "2", keyServer: "1" },
        failed: ["EKM_SERVER_ATTACHED_ELSEWHERE", "key server 1 belongs to key provider 1"],
      },
      { up: { keyProvider: "1", keyServer: "5" }, failed: ["EKM_OBJECT_NOT_FOUND", "there is no key server 5"] },
      {
        given: detachByHand,
        up: { keyProvider: "9", keyServer: "1" },
        failed: ["EKM_OBJECT_NOT_FOUND", "there is no key provider 9", "pulumi up --refresh"],
        writes: [ADD],
      },
    ],
  },
  {
    name: "takes its server back from an inactive provider, and notices the drift",
    stage: "attached",
    steps: [
      { up: ends, did: "created" },
      {
        given: async ({ scene }) => {
          await secondProvider(scene);
          await detachByHand({ scene });
          await scene.byHand(ADD, { keyProviderID: 2, keyServerID: 1 });
        },
        refresh: true,
        did: "refreshed",
        inputs: { keyProvider: "2" },
      },
      {
        up: ends,
        did: "updated",
        writes: [REMOVE, ADD],
        afterwards: ({ scene, run }) => {
          expect(attachedTo(scene)).toEqual([1]);
          expect(run.lines).toContainEqual({
            severity: "info",
            message: expect.stringContaining("inactive key provider 2"),
          });
        },
      },
    ],
  },
  {
    name: "is gone when the server is detached by hand",
    stage: "attached",
    steps: [
      { up: ends, did: "created" },
      { given: detachByHand, refresh: true, did: "gone" },
      { up: ends, did: "created", writes: [ADD] },
      { given: detachByHand, destroy: true, did: "deleted" },
    ],
  },
  {
    name: "moves to another server while its provider is inactive",
    stage: "attached",
    steps: [
      { up: ends, did: "created" },
      {
        given: ({ scene }) => secondServer(scene),
        up: { keyProvider: "1", keyServer: "2" },
        did: "updated",
        writes: [REMOVE, ADD],
        afterwards: ({ scene }) => expect(attachedTo(scene)).toEqual([null, 1]),
      },
    ],
  },
  {
    name: "is refused at plan time to leave an active provider",
    stage: "external",
    steps: [
      { up: ends, did: "created" },
      { given: ({ scene }) => secondServer(scene), up: { keyProvider: "1", keyServer: "2" }, refused: ["keyServer"] },
      {
        given: ({ scene }) => secondProvider(scene),
        up: { keyProvider: "2", keyServer: "1" },
        refused: ["keyProvider"],
      },
      {
        destroy: true,
        failed: ["EKM_PROVIDER_ACTIVE", "detaching key server 1 from key provider 1", "element.MasterKey", "aliases"],
        afterwards: ({ scene }) => expect(attachedTo(scene)).toEqual([1, null]),
      },
    ],
  },
  {
    name: "is not moved by an update when the provider became active after the plan",
    stage: "attached",
    steps: [
      { up: ends, did: "created" },
      {
        given: ({ scene, resource }) => planBeforeItBecomesActive(scene, resource),
        up: { keyProvider: "1", keyServer: "2" },
        failed: ["EKM_PROVIDER_ACTIVE"],
        // By somebody else, between the two looks.
        writes: ["RekeySoftwareEncryptionAtRestMasterKey"],
        afterwards: ({ scene }) => expect(attachedTo(scene)).toEqual([1, null]),
      },
    ],
  },
  {
    name: "detaches once the running rekey has let go of the provider",
    stage: "external",
    steps: [
      // Each look moves the clock on, and a busy machine takes many.
      { up: { ...ends, deadlines: { delete: 1_000_000 } }, did: "created" },
      {
        given: ({ scene }) => scene.byHand("RekeySoftwareEncryptionAtRestMasterKey", { keyManagementType: "Internal" }),
        destroy: true,
        did: "deleted",
        writes: [REMOVE],
      },
    ],
  },
  {
    name: "stays attached when another resource of the program declares it",
    stage: "attached",
    steps: [
      { up: ends, did: "created" },
      {
        given: ({ run }) => run.declarations.declare("attachment of key server 1:default", "urn:of:another"),
        destroy: true,
        did: "deleted",
        afterwards: ({ scene }) => expect(attachedTo(scene)).toEqual([1]),
      },
    ],
  },
  {
    name: "stays in state, untested, while the key server fails its test",
    stage: "attached",
    steps: [
      {
        given: ({ scene }) => scene.stopKeyServer(),
        up: ends,
        failed: ["EKM_KEY_SERVER_TEST", "testing key provider 1", "xKmipConnectionFailure"],
        incomplete: true,
        outputs: { tested: false },
      },
      { given: ({ scene }) => scene.startKeyServer(), up: ends, did: "updated", outputs: { tested: true } },
      { up: ends, did: "unchanged" },
    ],
  },
  {
    name: "refuses bad input without a call",
    steps: [
      { up: { keyProvider: "", keyServer: "1" }, refused: ["keyProvider"] },
      { up: { keyProvider: "1", keyServer: "x" }, refused: ["keyServer"] },
      { up: { ...ends, adopt: "1" as never }, refused: ["adopt"] },
      {
        up: { keyProvider: 1 as never, keyServer: null as never },
        refused: ["keyProvider", "keyServer"],
        afterwards: ({ scene }) => expect(scene.cluster.requests).toEqual([]),
      },
    ],
  },
]);

/** Check looks first and finds the provider inactive; the rekey comes before the update's own look. */
async function planBeforeItBecomesActive(scene: Scene, resource: { check: (inputs: typeof ends) => unknown }) {
  await secondServer(scene);
  const check = resource.check.bind(resource);
  resource.check = async (inputs) => {
    const checked = await check(inputs);
    await external(scene);
    return checked;
  };
}

const theatre = useTheatre();

test.each([
  ["another provider", { keyProvider: UNKNOWN, keyServer: "1" }],
  ["another server", { keyProvider: "1", keyServer: UNKNOWN }],
])(
  "a preview warns that %s, which is still to be made, would leave an active provider without its server",
  async (_what, ends) => {
    const scene = await theatre.scene("external");
    const run = runOn(scene);
    const attachment = new Resource(keyServerAttachment, "element:KeyServerAttachment", run);
    await attachment.up({ keyProvider: "1", keyServer: "1" });
    run.next();
    expect(await attachment.preview(ends)).toMatchObject({
      failures: [],
      differing: [ends.keyServer === UNKNOWN ? "keyServer" : "keyProvider"],
    });
    expect(run.lines).toContainEqual({
      severity: "warn",
      message: expect.stringMatching(
        /^will be refused, unless .*EKM_PROVIDER_ACTIVE: detaching key server 1 from key provider 1/,
      ),
    });
    await run.close();
  },
);

test("one server is attached by one declaration", async () => {
  const run = runOn(await theatre.scene("attached"));
  const [first, second] = ["first", "second"].map(
    (name) => new Resource(keyServerAttachment, "element:KeyServerAttachment", run, name),
  );
  expect(await first?.up(ends)).toMatchObject({ did: "created" });
  expect(await second?.up(ends)).toEqual({
    refused: [
      { property: "keyServer", reason: expect.stringContaining('attached by element.KeyServerAttachment "first":') },
    ],
  });
  await run.close();
});
