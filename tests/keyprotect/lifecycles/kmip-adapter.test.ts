import { markedName } from "../../../provider/adapters/pulumi/urn";
import { destroyKeys } from "../../../provider/systems/keyprotect/adapter-keys";
import type { Instance } from "../../../provider/systems/keyprotect/api/instance";
import { kmipAdapter } from "../../../provider/systems/keyprotect/kmip-adapter/kmip-adapter";
import { kmipAdapterClients } from "../../../provider/systems/keyprotect/kmip-adapter-clients/kmip-adapter-clients";
import { urnOf } from "../../kit/resource";
import { ID } from "../generators";
import { Resource, runOn } from "../harness";
import { registrationOf } from "../own-registration";
import { BY_HAND, newClient, type Scene } from "../stage";
import { lifecycleTable, useTheatre } from "../table";

const MARKED = markedName(urnOf("keyprotect:KmipAdapter", "main", "dev"));
const client = newClient();

const underKey = ({ key }: Scene) => ({ rootKey: key.id });
const byHand = ({ key, adapter }: Scene) => ({ rootKey: key.id, name: BY_HAND, adopt: adapter.id });
const adapters = ({ instance }: Scene) => instance.adapters.map(({ name }) => name);
const secondKey = ({ instance }: Scene) => instance.keys[1]?.id ?? "";

/** A client of this stack makes a key in the adapter. */
async function used(scene: Scene) {
  const registered = { adapter: scene.adapter.id, certificate: client.cert, name: registrationOf(client.cert) };
  await scene.somebody("registerCertificate", registered);
  await scene.somebody("createObject", { adapter: scene.adapter.id });
}

lifecycleTable("KmipAdapter", kmipAdapter, "keyed", [
  {
    name: "is made under a marked name, kept, and deleted while it is empty",
    steps: [
      {
        up: underKey,
        did: "created",
        outputs: { name: MARKED, profile: "native_1.0", liveObjects: 0, onDelete: "refuse" },
        writes: ["createKmipAdapter"],
        afterwards({ scene, resource }) {
          const [hostname, port] = scene.region.kmipEndpoint.split(":");
          expect(resource.state?.outputs).toMatchObject({ kmipHostname: hostname, kmipPort: Number(port) });
          expect(scene.adapter).toMatchObject({ name: MARKED, keyID: scene.key.id });
        },
      },
      { up: underKey, did: "unchanged" },
      { refresh: true, did: "refreshed", inputs: { name: MARKED, autoName: MARKED } },
      { up: underKey, did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        writes: ["deleteKmipAdapter"],
        afterwards: ({ scene }) => expect(adapters(scene)).toEqual([]),
      },
    ],
  },
  {
    name: "finds what it made when the answer to its create was lost",
    steps: [
      {
        given: ({ scene }) => scene.loseAnswer("createKmipAdapter"),
        up: underKey,
        failed: ["EKM_CONNECTION_UNREACHABLE", "createKmipAdapter"],
        writes: ["createKmipAdapter"],
      },
      { up: underKey, did: "created", afterwards: ({ scene }) => expect(adapters(scene)).toEqual([MARKED]) },
    ],
  },
  {
    name: "does not take over under its own mark what is not as declared",
    steps: [
      {
        given: ({ scene }) => scene.caller.adapter(scene.key.id, MARKED),
        up: (scene) => ({ ...underKey(scene), description: "for storage" }),
        failed: ["EKM_EQUAL_OBJECT_EXISTS", `named "${MARKED}"`],
      },
    ],
  },
  {
    name: "stops at an adapter of its exact name, and takes it over where that is declared",
    stage: "adapted",
    steps: [
      {
        up: (scene) => ({ ...underKey(scene), name: BY_HAND }),
        failed: ["EKM_EQUAL_OBJECT_EXISTS", "names are unique in an instance", "adopt to"],
      },
      { up: byHand, did: "created", outputs: { name: BY_HAND } },
      { up: (scene) => ({ ...underKey(scene), name: BY_HAND }), did: "unchanged" },
    ],
  },
  {
    name: "takes over the adapter that equals the declared one, and keeps its name",
    stage: "adapted",
    steps: [
      { up: (scene) => ({ ...underKey(scene), adopt: "match" }), did: "created", outputs: { name: BY_HAND } },
      { up: underKey, did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: underKey, did: "unchanged" },
    ],
  },
  {
    name: "takes over no adapter that is not there, not as declared, or one of several",
    stage: "adapted",
    steps: [
      { up: (scene) => ({ ...underKey(scene), adopt: ID }), failed: ["EKM_OBJECT_NOT_FOUND", `no adapter ${ID}`] },
      {
        up: (scene) => ({ ...byHand(scene), description: "for storage" }),
        failed: ["EKM_OBJECT_NOT_FOUND", "has no description"],
      },
      {
        up: (scene) => ({ ...underKey(scene), name: "other", adopt: "match" }),
        failed: ["EKM_OBJECT_NOT_FOUND", "no adapter equals the declared one"],
      },
      {
        given: ({ scene }) => scene.caller.rootKey(),
        up: (scene) => ({ ...byHand(scene), rootKey: secondKey(scene) }),
        failed: ["EKM_OBJECT_NOT_FOUND", "wraps its keys under root key"],
      },
      {
        given: ({ scene }) => scene.caller.adapter(scene.key.id, "twin"),
        up: (scene) => ({ ...underKey(scene), adopt: "match" }),
        failed: ["EKM_AMBIGUOUS_OBJECT", '"by-hand" and "twin"'],
      },
    ],
  },
  {
    name: "takes an alias for the root key that it leads to",
    steps: [
      {
        up: { rootKey: "alias-by-hand" },
        did: "created",
        writes: ["createKmipAdapter"],
        afterwards: ({ scene, resource }) =>
          expect(resource.state?.outputs).toMatchObject({ rootKey: "alias-by-hand", rootKeyID: scene.key.id }),
      },
      { up: underKey, did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: { rootKey: "alias-by-hand" }, did: "unchanged" },
      { up: underKey, did: "unchanged" },
    ],
  },
  {
    name: "has no description where it is empty",
    steps: [
      { up: underKey, did: "created", writes: ["createKmipAdapter"] },
      { up: (scene) => ({ ...underKey(scene), description: "" }), did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: (scene) => ({ ...underKey(scene), description: "" }), did: "unchanged" },
    ],
  },
  {
    name: "is replaced while it is empty, the former one first",
    steps: [
      { up: underKey, did: "created", writes: ["createKmipAdapter"] },
      {
        up: (scene) => ({ ...underKey(scene), description: "for storage" }),
        did: "replaced",
        writes: ["deleteKmipAdapter", "createKmipAdapter"],
        afterwards: ({ scene }) => expect(scene.instance.adapters).toMatchObject([{ description: "for storage" }]),
      },
      {
        given: ({ scene }) => scene.caller.rootKey(),
        up: (scene) => ({ rootKey: secondKey(scene), description: "for storage" }),
        did: "replaced",
        writes: ["deleteKmipAdapter", "createKmipAdapter"],
      },
    ],
  },
  {
    name: "is not replaced while clients have keys in it",
    stage: "registered",
    steps: [
      { up: byHand, did: "created" },
      {
        given: async ({ scene }) => {
          await scene.somebody("createObject", { adapter: BY_HAND });
          await scene.caller.rootKey();
        },
        up: (scene) => ({ ...underKey(scene), name: "other" }),
        refused: ["name"],
        because: ["EKM_KEYS_IN_ADAPTER", "one key", `made by certificate "${BY_HAND}"`, "new logical name"],
      },
      { up: (scene) => ({ ...byHand(scene), rootKey: secondKey(scene) }), refused: ["rootKey"] },
      { up: (scene) => ({ ...byHand(scene), description: "for storage" }), refused: ["description"] },
      {
        given: ({ scene }) => scene.somebody("destroyObjects", { adapter: BY_HAND }),
        up: (scene) => ({ ...underKey(scene), name: "other" }),
        failed: ["EKM_ADAPTER_HAS_CLIENTS", `client certificate "${BY_HAND}"`],
      },
    ],
  },
  {
    name: "is not destroyed while clients have keys in it, unless that is declared and applied before",
    steps: [
      { up: underKey, did: "created", writes: ["createKmipAdapter"] },
      {
        given: ({ scene }) => used(scene),
        destroy: true,
        failed: ["EKM_KEYS_IN_ADAPTER", "one key", `certificate "${registrationOf(client.cert)}"`, '"destroyKeys"'],
        afterwards: ({ scene }) => expect(scene.region.objects()).toMatchObject([{ opens: true }]),
      },
      { refresh: true, did: "refreshed", outputs: { liveObjects: 1 } },
      {
        up: (scene) => ({ ...underKey(scene), onDelete: "destroyKeys" }),
        did: "updated",
        says: ["a destroy will destroy all keys in this KMIP adapter"],
      },
      {
        up: (scene) => ({ ...underKey(scene), onDelete: "keep" }),
        did: "updated",
        says: ["a destroy will leave this KMIP adapter"],
      },
      { up: underKey, did: "updated", says: ["a destroy will delete this KMIP adapter, where no client has keys"] },
      { up: (scene) => ({ ...underKey(scene), onDelete: "destroyKeys" }), did: "updated" },
      {
        destroy: true,
        did: "deleted",
        writes: ["deleteKmipObject", "deleteKmipAdapter"],
        says: ["destroyed 1 key"],
        afterwards: ({ scene }) => expect(adapters(scene)).toEqual([]),
      },
    ],
  },
  {
    name: "destroys as well what clients make meanwhile",
    steps: [
      {
        up: (scene) => ({ ...underKey(scene), onDelete: "destroyKeys" }),
        did: "created",
        writes: ["createKmipAdapter"],
      },
      {
        given: async ({ scene }) => {
          await used(scene);
          scene.afterCallOf("deleteKmipObject", () => scene.somebody("createObject", { adapter: scene.adapter.id }));
        },
        destroy: true,
        did: "deleted",
        writes: ["deleteKmipObject", "deleteKmipObject", "deleteKmipAdapter"],
        says: ["destroyed 2 keys"],
      },
    ],
  },
  {
    name: "stays with all that is in it where that is declared",
    steps: [
      { up: (scene) => ({ ...underKey(scene), onDelete: "keep" }), did: "created", writes: ["createKmipAdapter"] },
      {
        given: ({ scene }) => used(scene),
        destroy: true,
        did: "deleted",
        says: ["stays with the keys in it"],
        afterwards: ({ scene }) => expect(scene.region.objects()).toMatchObject([{ opens: true }]),
      },
    ],
  },
  {
    name: "is not destroyed while somebody else's clients are registered, whatever becomes of keys",
    stage: "registered",
    steps: [
      { up: (scene) => ({ ...byHand(scene), onDelete: "destroyKeys" }), did: "created" },
      { destroy: true, failed: ["EKM_ADAPTER_HAS_CLIENTS", `client certificate "${BY_HAND}" is registered`] },
      {
        given: ({ scene }) => scene.somebody("removeCertificate", { adapter: BY_HAND, certificate: BY_HAND }),
        destroy: true,
        did: "deleted",
        writes: ["deleteKmipAdapter"],
      },
    ],
  },
  {
    name: "is made under an active root key alone",
    steps: [
      { up: { rootKey: ID }, failed: ["EKM_OBJECT_NOT_FOUND", "no key of this ID or alias"] },
      {
        given: ({ scene }) => scene.somebody("suspendKey", { key: scene.key.id }),
        up: underKey,
        failed: ["EKM_ROOT_KEY_SUSPENDED"],
      },
      {
        given: ({ scene }) => scene.somebody("deleteKey", { key: scene.key.id }),
        up: underKey,
        failed: ["EKM_ROOT_KEY_DELETED"],
      },
    ],
  },
  {
    name: "is made under a root key that ends where that is allowed",
    steps: [
      {
        given: ({ scene }) =>
          scene.somebody("expireKey", {
            key: scene.key.id,
            expirationDate: new Date(scene.clock.now().getTime() + 86_400_000).toISOString(),
          }),
        up: underKey,
        failed: ["EKM_KEY_PROTECT_API", "NATIVE_INVALID_CRK_ERR"],
        writes: ["createKmipAdapter"],
      },
      {
        up: (scene) => ({ ...underKey(scene), allowExpiringKey: true }),
        did: "created",
        writes: ["createKmipAdapter"],
      },
      { up: underKey, did: "unchanged" },
    ],
  },
  {
    name: "is not taken for one that is gone where it is refused for a root key that the instance does not know any more",
    steps: [
      {
        given: ({ scene }) =>
          scene.answer("createKmipAdapter", {
            error: { name: "NATIVE_CRK_ID_NOT_FOUND_ERR", message: "There is no such root key" },
          }),
        up: underKey,
        failed: ["EKM_KEY_PROTECT_API", "NATIVE_CRK_ID_NOT_FOUND_ERR"],
        writes: ["createKmipAdapter"],
      },
      { up: underKey, did: "created", writes: ["createKmipAdapter"] },
    ],
  },
  {
    name: "that somebody has deleted is gone, and made anew",
    steps: [
      { up: underKey, did: "created", writes: ["createKmipAdapter"] },
      {
        given: ({ scene }) => scene.somebody("deleteAdapter", { adapter: MARKED }),
        up: (scene) => ({ ...underKey(scene), onDelete: "keep" }),
        failed: ["EKM_OBJECT_NOT_FOUND", "do not come back", "pulumi up --refresh"],
      },
      { refresh: true, did: "gone" },
      { up: underKey, did: "created", writes: ["createKmipAdapter"] },
      {
        given: ({ scene }) => scene.somebody("deleteAdapter", { adapter: MARKED }),
        destroy: true,
        did: "deleted",
        writes: ["deleteKmipAdapter"],
      },
    ],
  },
  {
    name: "is deleted once where the answer to that was lost",
    steps: [
      { up: underKey, did: "created", writes: ["createKmipAdapter"] },
      {
        given: ({ scene }) => scene.loseAnswer("deleteKmipAdapter"),
        destroy: true,
        failed: ["EKM_CONNECTION_UNREACHABLE", "deleteKmipAdapter"],
        writes: ["deleteKmipAdapter"],
        afterwards: ({ scene }) => expect(adapters(scene)).toEqual([]),
      },
      { destroy: true, did: "deleted", writes: ["deleteKmipAdapter"] },
    ],
  },
  {
    name: "is made again where a delete that was cut off has removed it, and the program has it again",
    steps: [
      { up: underKey, did: "created", writes: ["createKmipAdapter"] },
      {
        given: ({ scene }) => scene.loseAnswer("deleteKmipAdapter"),
        destroy: true,
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: ["deleteKmipAdapter"],
      },
      {
        up: underKey,
        did: "replaced",
        writes: ["deleteKmipAdapter", "createKmipAdapter"],
        afterwards: ({ scene }) => expect(adapters(scene)).toEqual([MARKED]),
      },
      { up: underKey, did: "unchanged" },
    ],
  },
  {
    name: "is made again where a run on a part of the program took it for a leftover, although it was saved",
    stage: "adapted",
    steps: [
      { up: underKey, did: "created", writes: ["createKmipAdapter"] },
      {
        given: async ({ scene, run }) => {
          const clients = new Resource(kmipAdapterClients, "keyprotect:KmipAdapterClients", run);
          await clients.up({ adapter: scene.adapter.id, clientCertificates: [] });
          expect(adapters(scene)).toEqual([BY_HAND]);
          run.next();
        },
        up: underKey,
        did: "replaced",
        writes: ["deleteKmipAdapter", "createKmipAdapter"],
      },
      { up: underKey, did: "unchanged" },
    ],
  },
  {
    name: "is not taken for its namesake, which somebody has made since",
    stage: "adapted",
    steps: [
      { up: byHand, did: "created" },
      {
        given: async ({ scene }) => {
          await scene.somebody("deleteAdapter", { adapter: BY_HAND });
          await scene.caller.adapter(scene.key.id, BY_HAND);
        },
        refresh: true,
        did: "gone",
      },
      { up: (scene) => ({ ...underKey(scene), name: BY_HAND }), failed: ["EKM_EQUAL_OBJECT_EXISTS"] },
    ],
  },
]);

describe("a KMIP adapter", () => {
  const theatre = useTheatre();

  test("is found among hundreds, which the instance tells page by page", async () => {
    const scene = await theatre.scene("keyed", { adapterLimit: 1000 });
    const run = runOn(scene);
    const resource = new Resource(kmipAdapter, "keyprotect:KmipAdapter", run);
    for (let made = 0; made < 200; made += 1) await scene.somebody("createAdapter", { key: scene.key.id });
    await resource.up(underKey(scene));
    run.next();
    expect(await resource.refresh()).toMatchObject({ did: "refreshed" });
    expect(scene.calls().slice(-3)).toEqual(["getKmipAdapters", "getKmipAdapters", "getKmipObjects"]);
    await run.close();
  });

  test("whose root key was not known in a preview is not given another one", async () => {
    const scene = await theatre.scene("keyed");
    const run = runOn(scene);
    const resource = new Resource(kmipAdapter, "keyprotect:KmipAdapter", run);
    await resource.up(underKey(scene));
    const { id = "", outputs } = resource.state ?? {};
    const news = { ...resource.complete({ rootKey: ID }), rootKeyID: ID };
    const updating = kmipAdapter.update(id, outputs as never, news, run.context(resource.urn));
    await expect(updating).rejects.toMatchObject({ code: "EKM_REPLACEMENT_REFUSED" });
    await run.close();
  });

  test("is emptied of more keys than a page has, and says how far that is", async () => {
    const objects = new Set(Array.from({ length: 5_003 }, (_, index) => `key ${index}`));
    const told: string[] = [];
    const call = async (operation: string, { id, limit, offset }: { id: string; limit: number; offset: number }) => {
      if (operation === "deleteKmipObject") return void objects.delete(id);
      return [...objects].slice(offset, offset + limit).map((each) => ({ id: each, state: "active" }));
    };
    const log = { progress: (line: string) => told.push(line), info: (line: string) => told.push(line), warn() {} };
    await destroyKeys({ call } as unknown as Instance, { id: ID, name: BY_HAND }, { log } as never);
    expect(objects.size).toBe(0);
    expect(told).toHaveLength(5_004);
    expect(told[16]).toBe('destroying key 17 of 5003 in KMIP adapter "by-hand"');
    expect(told.at(-1)).toBe('destroyed 5003 keys of KMIP adapter "by-hand"');
  });
});
