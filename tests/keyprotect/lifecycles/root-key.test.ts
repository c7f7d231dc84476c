import { markedName } from "../../../provider/adapters/pulumi/urn";
import { rootKey } from "../../../provider/systems/keyprotect/root-key/root-key";
import { urnOf } from "../../kit/resource";
import { ID } from "../generators";
import { cutOff, noteRegistration, Resource, Run, runOn, settingsOf } from "../harness";
import { BY_HAND, newClient, type Scene } from "../stage";
import { lifecycleTable, useTheatre } from "../table";

const MARKED = markedName(urnOf("keyprotect:RootKey", "main", "dev"));
const HOUR = 3_600_000;

const states = ({ instance }: Scene) => instance.keys.map(({ state }) => state);
const versions = ({ key }: Scene) => key.versions.length;
const quarter = (value: string) => ({ rotationTriggers: { quarter: value } });
const firstKey = ({ key }: Scene) => ({ key: key.id });

lifecycleTable("RootKey", rootKey, "bare", [
  {
    name: "is made under a marked name, and stays when it is destroyed",
    steps: [
      {
        up: {},
        did: "created",
        outputs: {
          name: MARKED,
          state: "active",
          imported: false,
          onDelete: "keep",
          tlsVerification: "fingerprint256",
        },
        writes: ["createKey"],
        afterwards: ({ scene }) => expect(scene.key).toMatchObject({ name: MARKED, extractable: false }),
      },
      { up: {}, did: "unchanged" },
      { refresh: true, did: "refreshed", inputs: { name: MARKED, autoName: MARKED, state: "active" } },
      { up: {}, did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        says: ["stays, as onDelete says"],
        afterwards: ({ scene }) => expect(states(scene)).toEqual(["active"]),
      },
    ],
  },
  {
    name: "stays as well when it is destroyed right after it was made",
    steps: [
      { up: {}, did: "created", writes: ["createKey"] },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expect(states(scene)).toEqual(["active"]) },
    ],
  },
  {
    name: "is deleted where that is declared and applied before, and its successor is another key",
    steps: [
      { up: {}, did: "created", writes: ["createKey"] },
      { up: { onDelete: "delete" }, did: "updated", says: ["a destroy will delete this root key"] },
      {
        destroy: true,
        did: "deleted",
        writes: ["deleteKey"],
        afterwards: ({ scene }) => expect(states(scene)).toEqual(["destroyed"]),
      },
      {
        up: {},
        did: "created",
        writes: ["createKey"],
        afterwards: ({ scene }) => expect(states(scene)).toEqual(["destroyed", "active"]),
      },
    ],
  },
  {
    name: "finds what it made when the answer to its create was lost",
    steps: [
      {
        given: ({ scene }) => scene.loseAnswer("createKey"),
        up: {},
        failed: ["EKM_CONNECTION_UNREACHABLE", "createKey", "looks before it writes"],
        writes: ["createKey"],
      },
      { up: {}, did: "created", afterwards: ({ scene }) => expect(states(scene)).toEqual(["active"]) },
    ],
  },
  {
    name: "stops at its own key where somebody has suspended it since",
    steps: [
      {
        given: async ({ scene }) => {
          await scene.caller.rootKey(MARKED);
          await scene.somebody("suspendKey", firstKey(scene));
        },
        up: {},
        failed: ["EKM_ROOT_KEY_SUSPENDED"],
      },
    ],
  },
  {
    name: "stops at two keys that bear its mark",
    steps: [
      {
        given: async ({ scene: { caller } }) => {
          await caller.rootKey(MARKED);
          await caller.rootKey(MARKED);
        },
        up: {},
        failed: ["EKM_AMBIGUOUS_OBJECT", "adopt"],
      },
    ],
  },
  {
    name: "stops at an equal key under an exact name, and takes it over where that is declared",
    stage: "keyed",
    steps: [
      { up: { name: BY_HAND }, failed: ["EKM_EQUAL_OBJECT_EXISTS", `named "${BY_HAND}"`, "adopt to"] },
      { up: ({ key }) => ({ name: BY_HAND, adopt: key.id }), did: "created", outputs: { name: BY_HAND } },
      { up: { name: BY_HAND }, did: "unchanged" },
    ],
  },
  {
    name: "takes a key over by its alias, keeps its name, and needs no argument for it afterwards",
    stage: "keyed",
    steps: [
      { up: { adopt: "alias-by-hand" }, did: "created", outputs: { name: BY_HAND } },
      { up: {}, did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: {}, did: "unchanged" },
    ],
  },
  {
    name: "takes over no key that is not there, not as declared, or not active",
    stage: "keyed",
    steps: [
      { up: { adopt: ID }, failed: ["EKM_OBJECT_NOT_FOUND", `there is no key ${ID}`] },
      { up: { adopt: "alias-by-hand", name: "other" }, failed: ["EKM_OBJECT_NOT_FOUND", `named "${BY_HAND}"`] },
      {
        up: { adopt: "alias-by-hand", description: "for storage" },
        failed: ["EKM_OBJECT_NOT_FOUND", 'has no description, not "for storage"'],
      },
      {
        given: ({ scene }) => scene.caller.create("/keys", { name: "standard", extractable: true }),
        up: ({ instance }) => ({ adopt: instance.keys[1]?.id ?? "" }),
        failed: ["EKM_OBJECT_NOT_FOUND", "is a standard key"],
      },
      {
        given: ({ scene }) => scene.somebody("suspendKey", firstKey(scene)),
        up: { adopt: "alias-by-hand" },
        failed: ["EKM_OBJECT_NOT_FOUND", "the state of key alias-by-hand is suspended"],
      },
    ],
  },
  {
    name: "keeps its name and its description",
    steps: [
      { up: { name: "storage", description: "for storage" }, did: "created", writes: ["createKey"] },
      { up: { name: "other", description: "for storage" }, refused: ["name"], because: ['keep "storage"'] },
      { up: { name: "storage", description: "other" }, refused: ["description"], because: ['keep "for storage"'] },
      { up: {}, did: "unchanged" },
      { refresh: true, did: "refreshed", inputs: { name: "storage", description: "for storage" } },
      { up: { description: "" }, did: "unchanged" },
    ],
  },
  {
    name: "has no description where it is empty",
    steps: [
      { up: { description: "" }, did: "created", writes: ["createKey"] },
      { refresh: true, did: "refreshed" },
      { up: { description: "" }, did: "unchanged" },
      { up: { description: "for storage" }, refused: ["description"], because: ["leave it out"] },
    ],
  },
  {
    name: "is in the declared key ring, and goes back into it",
    stage: "keyed",
    steps: [
      {
        // The ring is made with it.
        given: ({ scene }) => scene.somebody("moveKey", { ...firstKey(scene), keyRing: "ring" }),
        up: { keyRing: "ring" },
        did: "created",
        writes: ["createKey"],
        afterwards: ({ scene }) => expect(scene.instance.keys[1]?.keyRing).toBe("ring"),
      },
      {
        given: ({ scene }) => scene.somebody("moveKey", { key: scene.instance.keys[1]?.id, keyRing: "default" }),
        refresh: true,
        did: "refreshed",
        inputs: { keyRing: "default" },
      },
      {
        up: { keyRing: "ring" },
        did: "updated",
        writes: ["patchKey"],
        afterwards: ({ scene }) => expect(scene.instance.keys[1]?.keyRing).toBe("ring"),
      },
      { up: {}, did: "updated", writes: ["patchKey"] },
      { up: { keyRing: "default" }, did: "unchanged" },
    ],
  },
  {
    name: "is not rotated where its material was imported",
    steps: [
      {
        given: ({ scene: { caller } }) =>
          caller.create("/keys", { name: BY_HAND, payload: Buffer.alloc(32, 7).toString("base64") }),
        up: ({ key }) => ({ adopt: key.id, ...quarter("1") }),
        did: "created",
        outputs: { imported: true },
      },
      {
        up: quarter("2"),
        failed: ["EKM_ROOT_KEY_IMPORTED", "was imported", "leave rotationTriggers and maxAge out"],
        says: ["will be refused: the material of root key"],
      },
      { up: {}, did: "updated" },
    ],
  },
  {
    name: "is moved into the declared key ring where it is taken over",
    stage: "keyed",
    steps: [
      {
        given: ({ scene }) => scene.somebody("moveKey", { ...firstKey(scene), keyRing: "ring" }),
        up: { adopt: "alias-by-hand" },
        did: "created",
        writes: ["patchKey"],
        afterwards: ({ scene }) => expect(scene.key.keyRing).toBe("default"),
      },
    ],
  },
  {
    name: "is rotated once for each changed trigger, and not within an hour",
    steps: [
      { up: quarter("1"), did: "created", writes: ["createKey"] },
      {
        up: quarter("2"),
        did: "updated",
        writes: ["rotateKey"],
        says: [`will rotate root key "${MARKED}" (trigger quarter changed: 1 → 2)`, "stays readable"],
        afterwards: ({ scene, resource }) => {
          const version = scene.key.versions[1]?.id;
          expect(resource.state?.outputs).toMatchObject({ keyVersion: version, recordedKeyVersion: version });
        },
      },
      { up: quarter("2"), did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: quarter("2"), did: "unchanged" },
      {
        up: quarter("3"),
        failed: ["EKM_ROTATION_TOO_EARLY", "KEY_ROTATION_NOT_PERMITTED", "again after"],
        writes: ["rotateKey"],
      },
      {
        given: ({ scene }) => scene.clock.advance(HOUR),
        up: quarter("3"),
        did: "updated",
        writes: ["rotateKey"],
        afterwards: ({ scene }) => expect(versions(scene)).toBe(3),
      },
    ],
  },
  {
    name: "is not rotated for triggers that are no longer declared",
    steps: [
      { up: quarter("1"), did: "created", writes: ["createKey"] },
      { up: {}, did: "updated", afterwards: ({ scene }) => expect(versions(scene)).toBe(1) },
    ],
  },
  {
    name: "is rotated when its version is too old",
    steps: [
      { up: { maxAge: "90d" }, did: "created", writes: ["createKey"] },
      {
        given: ({ scene }) => scene.clock.advance(91 * 24 * HOUR),
        refresh: true,
        did: "refreshed",
        inputs: { rotationDue: true },
      },
      { up: { maxAge: "90d" }, did: "updated", writes: ["rotateKey"] },
      { up: { maxAge: "90d" }, did: "unchanged" },
    ],
  },
  {
    name: "is rotated without a refresh as well when its version is too old",
    steps: [
      { up: { maxAge: "90d" }, did: "created", writes: ["createKey"] },
      {
        given: ({ scene }) => scene.clock.advance(91 * 24 * HOUR),
        up: { maxAge: "90d" },
        did: "updated",
        writes: ["rotateKey"],
      },
    ],
  },
  {
    name: "accepts a version that somebody else has made, as what a changed trigger asks for",
    steps: [
      { up: quarter("1"), did: "created", writes: ["createKey"] },
      {
        given: ({ scene }) => scene.somebody("rotateKey", firstKey(scene)),
        up: quarter("2"),
        did: "updated",
        afterwards: ({ scene, resource }) => {
          expect(versions(scene)).toBe(2);
          expect(resource.state?.outputs).toMatchObject({ keyVersion: scene.key.versions[1]?.id });
        },
      },
      { given: ({ scene }) => scene.somebody("rotateKey", firstKey(scene)), refresh: true, did: "refreshed" },
      { up: quarter("2"), did: "updated" },
      { up: quarter("2"), did: "unchanged" },
    ],
  },
  {
    name: "accepts a version that somebody else makes between the look and the call",
    steps: [
      { up: quarter("1"), did: "created", writes: ["createKey"] },
      {
        given: ({ scene }) => scene.afterCallOf("getKeyMetadata", () => scene.somebody("rotateKey", firstKey(scene))),
        up: quarter("2"),
        did: "updated",
        writes: ["rotateKey"],
        afterwards: ({ scene }) => expect(versions(scene)).toBe(2),
      },
    ],
  },
  {
    name: "looks whether a rotation happened whose answer was lost, and makes no second one",
    steps: [
      { up: quarter("1"), did: "created", writes: ["createKey"] },
      {
        given: ({ scene }) => scene.answer("rotateKey", { httpStatus: 504, body: "" }, "after"),
        up: quarter("2"),
        did: "updated",
        writes: ["rotateKey"],
        afterwards: ({ scene }) => expect(versions(scene)).toBe(2),
      },
      {
        given: ({ scene }) => {
          scene.clock.advance(HOUR);
          scene.loseAnswer("rotateKey");
        },
        up: quarter("3"),
        did: "updated",
        writes: ["rotateKey"],
        afterwards: ({ scene }) => expect(versions(scene)).toBe(3),
      },
      {
        given: ({ scene }) => {
          scene.clock.advance(HOUR);
          scene.answer("rotateKey", { httpStatus: 503, body: "" });
        },
        up: quarter("4"),
        failed: ["EKM_CONNECTION_UNREACHABLE", "HTTP 503"],
        writes: ["rotateKey"],
        afterwards: ({ scene }) => expect(versions(scene)).toBe(3),
      },
    ],
  },
  {
    name: "that somebody has suspended is shown as such, and refused until it is enabled",
    steps: [
      { up: {}, did: "created", writes: ["createKey"] },
      {
        given: ({ scene }) => scene.somebody("suspendKey", firstKey(scene)),
        refresh: true,
        did: "refreshed",
        inputs: { state: "suspended" },
      },
      {
        up: {},
        failed: ["EKM_ROOT_KEY_SUSPENDED", "enable the key"],
        says: ["will be refused while root key"],
      },
      { given: ({ scene }) => scene.somebody("enableKey", firstKey(scene)), up: {}, did: "updated" },
      { up: {}, did: "unchanged" },
    ],
  },
  ...(["shown", "gone"] as const).map((deletedKeys) => ({
    name: `that somebody has deleted is refused until it is restored, with deleted keys ${deletedKeys}`,
    switches: { deletedKeys },
    steps: [
      { up: {}, did: "created" as const, writes: ["createKey" as const] },
      {
        given: ({ scene }: { scene: Scene }) => scene.somebody("deleteKey", firstKey(scene)),
        refresh: true as const,
        did: "refreshed" as const,
        inputs: { state: "destroyed" },
      },
      { up: {}, failed: ["EKM_ROOT_KEY_DELETED", "can be restored"] as [string, string] },
      {
        given: ({ scene }: { scene: Scene }) => scene.somebody("restoreKey", firstKey(scene)),
        up: {},
        did: "updated" as const,
      },
    ],
  })),
  {
    name: "that is purged is gone, and made anew",
    steps: [
      { up: {}, did: "created", writes: ["createKey"] },
      { given: ({ scene }) => scene.somebody("purgeKey", firstKey(scene)), refresh: true, did: "gone" },
      { up: {}, did: "created", writes: ["createKey"] },
    ],
  },
  {
    name: "is not deleted while an adapter uses it",
    stage: "adapted",
    steps: [
      { up: ({ key }) => ({ adopt: key.id, onDelete: "delete" }), did: "created" },
      { destroy: true, failed: ["EKM_ROOT_KEY_IN_USE", `KMIP adapter "${BY_HAND}" wraps its keys under it`] },
      {
        given: ({ scene }) => scene.somebody("deleteAdapter", { adapter: BY_HAND }),
        destroy: true,
        did: "deleted",
        writes: ["deleteKey"],
      },
    ],
  },
  {
    name: "is not deleted where an adapter appears between the look and the call",
    steps: [
      { up: { onDelete: "delete" }, did: "created", writes: ["createKey"] },
      {
        given: ({ scene }) =>
          scene.afterCallOf("getKmipAdapters", () => scene.somebody("createAdapter", firstKey(scene))),
        destroy: true,
        failed: ["EKM_ROOT_KEY_IN_USE", "PROTECTED_RESOURCE_ERR"],
        writes: ["deleteKey"],
      },
    ],
  },
  {
    name: "that somebody has deleted is deleted",
    steps: [
      { up: { onDelete: "delete" }, did: "created", writes: ["createKey"] },
      {
        given: ({ scene }) => scene.somebody("deleteKey", firstKey(scene)),
        destroy: true,
        did: "deleted",
        writes: ["deleteKey"],
      },
    ],
  },
]);

describe("a root key", () => {
  const theatre = useTheatre();

  test("is never replaced, whoever forces that", async () => {
    const run = runOn(await theatre.scene("bare"));
    const resource = new Resource(rootKey, "keyprotect:RootKey", run);
    await resource.up({});
    run.next();
    const inputs = resource.complete({});
    const context = run.context(resource.urn);
    expect((await rootKey.check(resource.state?.inputs ?? {}, inputs, context)).failures).toEqual([]);
    // The engine checks what it replaces again, as if it were new.
    expect((await rootKey.check({}, inputs, context)).failures).toEqual([
      { property: "", reason: expect.objectContaining({ code: "EKM_REPLACEMENT_REFUSED" }) },
    ]);
    await run.close();
  });

  test("is looked for in the recorded instance alone", async () => {
    const scene = await theatre.scene("bare");
    const run = runOn(scene);
    const resource = new Resource(rootKey, "keyprotect:RootKey", run);
    await resource.up({});
    const elsewhere = new Run({ default: { ...settingsOf(scene.region), instance: ID } }, { clock: scene.clock });
    const moved = new Resource(rootKey, "keyprotect:RootKey", elsewhere);
    moved.state = resource.state;
    const refused = { failed: "EKM_CONNECTION_IDENTITY", message: expect.stringContaining(scene.region.instance) };
    expect(await moved.refresh()).toMatchObject(refused);
    expect(await moved.up({ maxAge: "90d" })).toMatchObject(refused);
    expect(await moved.destroy()).toMatchObject(refused);
    expect(states(scene)).toEqual(["active"]);
    await Promise.all([run.close(), elsewhere.close()]);
  });

  test("is not made where whoever started the run is gone", async () => {
    const scene = await theatre.scene("bare");
    const run = runOn(scene);
    run.engineLives = false;
    const resource = new Resource(rootKey, "keyprotect:RootKey", run);
    expect(await resource.up({})).toMatchObject({ failed: "EKM_ENGINE_GONE" });
    expect(states(scene)).toEqual([]);
    await run.close();
  });

  test("says nothing of triggers that are secret but their names", async () => {
    const run = runOn(await theatre.scene("bare"));
    const resource = new Resource(rootKey, "keyprotect:RootKey", run);
    const secret = (value: string) => ({ rotationTriggers: { quarter: value }, secretTriggers: true as const });
    await resource.up(secret("first-canary"));
    run.next();
    expect(await resource.up(secret("second-canary"))).toMatchObject({ did: "updated" });
    const said = run.lines.map(({ message }) => message).join("\n");
    expect(said).toContain("(trigger quarter changed)");
    expect(said).not.toMatch(/canary/);
    await run.close();
  });

  // Found by interruptions: a destroy left an adapter of which state knew nothing.
  test("a root key that is destroyed last takes with it the adapter that a run was cut off after, and its registrations", async () => {
    const scene = await theatre.scene("adapted");
    const run = runOn(scene);
    const resource = new Resource(rootKey, "keyprotect:RootKey", run);
    await resource.up({ adopt: scene.key.id });
    await cutOff(run, scene, newClient("left").cert);
    const left = scene.instance.adapters.find(({ name }) => name === "left-adapter");
    await scene.caller.certificate(left?.id ?? "", newClient("other").cert, "left-too");
    noteRegistration(run, scene.region, `${left?.id}/left-too`);
    run.next();
    await resource.destroy();
    // That of another adapter goes with that adapter, and the root key stays.
    expect(scene.instance.adapters.map(({ name }) => name)).toEqual([BY_HAND]);
    expect(states(scene)).toEqual(["active"]);
    await run.close();
  });
});
