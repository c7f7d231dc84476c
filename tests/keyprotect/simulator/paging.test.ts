import type { KeyProtectSimulator } from "../../../simulator/keyprotect";
import { closeAll } from "../../simulator/cleanup";
import type { Caller } from "./caller";
import { startClockedRegion } from "./regions";

interface List {
  usual: number;
  most: number;
  /** Puts so many things into the list, past the API, and says where it is. */
  fill(region: KeyProtectSimulator, caller: Caller, count: number): Promise<string>;
}

const act = { at: "2026-01-01T00:00:00.000Z", by: "x" };
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

async function inAdapter(
  region: KeyProtectSimulator,
  caller: Caller,
  fill: (adapter: ReturnType<KeyProtectSimulator["state"]>["instances"][number]["adapters"][number]) => void,
): Promise<void> {
  await caller.adapter(await caller.rootKey(), "storage");
  await region.mutate(({ instances: [instance] }) => instance?.adapters.forEach(fill));
}

const lists: Record<string, List> = {
  keys: {
    usual: 200,
    most: 5000,
    async fill(region, caller, count) {
      await caller.rootKey();
      await region.mutate(({ instances: [instance] }) => {
        const [key] = instance?.keys ?? [];
        if (instance && key) instance.keys = many(count, (index) => ({ ...key, id: `${index}` }));
      });
      return "/keys";
    },
  },
  adapters: {
    usual: 100,
    most: 200,
    async fill(region, caller, count) {
      await caller.adapter(await caller.rootKey(), "storage");
      await region.mutate(({ instances: [instance] }) => {
        const [adapter] = instance?.adapters ?? [];
        if (instance && adapter) instance.adapters = many(count, (index) => ({ ...adapter, id: `${index}` }));
      });
      return "/kmip_adapters";
    },
  },
  certificates: {
    usual: 100,
    most: 200,
    async fill(region, caller, count) {
      const certificate = { name: "client", pem: "", fingerprint256: "", created: act };
      await inAdapter(region, caller, (adapter) => {
        adapter.certificates = many(count, (index) => ({ ...certificate, id: `${index}` }));
      });
      return "/kmip_adapters/storage/certificates";
    },
  },
  objects: {
    usual: 100,
    most: 5000,
    async fill(region, caller, count) {
      const common = {
        objectType: "SymmetricKey",
        algorithm: "AES",
        length: 256,
        usageMask: 12,
        state: "Active",
      } as const;
      const dates = { initial: act.at, lastChange: act.at };
      const managed = { ...common, uid: "", names: [], customAttributes: {}, dates };
      await inAdapter(region, caller, (adapter) => {
        adapter.objects = many(count, (index) => ({ id: `${index}`, managed, created: act, updated: act }));
      });
      return "/kmip_adapters/storage/kmip_objects";
    },
  },
};

describe.each(Object.entries(lists))("the list of %s", (_, { usual, most, fill }) => {
  const count = most + 3;
  let region: KeyProtectSimulator;
  let caller: Caller;
  let path: string;

  beforeAll(async () => {
    ({ region, caller } = await startClockedRegion());
    path = await fill(region, caller, count);
  });

  afterAll(closeAll);

  const page = async (query: string) => {
    const { status, code, metadata, resources } = await caller.send(`GET ${path}${query}`);
    const ids = resources.map(({ id }) => Number(id));
    return { status, code, total: metadata.collectionTotal, all: metadata.totalCount, first: ids[0], last: ids.at(-1) };
  };

  test(`has ${usual} at once, ${most} where that many are asked for, and from anywhere`, async () => {
    expect(await page("")).toEqual({ status: 200, total: usual, first: 0, last: usual - 1 });
    expect(await page(`?limit=${most}`)).toEqual({ status: 200, total: most, first: 0, last: most - 1 });
    expect(await page("?limit=3&offset=7")).toEqual({ status: 200, total: 3, first: 7, last: 9 });
    expect(await page(`?offset=${most}`)).toEqual({ status: 200, total: 3, first: most, last: most + 2 });
    expect(await page(`?offset=${count}`)).toEqual({ status: 200, total: 0 });
  });

  test.each([
    ["true", count],
    ["True", count],
    ["false", undefined],
    ["False", undefined],
  ])("tells how many there are when it is asked: totalCount=%s", async (spelling, all) => {
    expect(await page(`?limit=1&totalCount=${spelling}`)).toEqual({ status: 200, total: 1, first: 0, last: 0, all });
  });

  test("more than that is refused, or cut", async () => {
    const query = `?limit=${most + 1}`;
    expect(await page(query)).toMatchObject({ status: 400, code: "INVALID_QUERY_PARAM_ERR" });
    region.switches.beyondPageLimit = "cap";
    expect(await page(query)).toMatchObject({ status: 200, total: most });
    region.switches.beyondPageLimit = "refuse";
  });

  test.each(["limit=0", "limit=-1", "limit=x", "offset=-1", "totalCount=yes"])("%s is refused", async (query) => {
    const { status, code, resources } = await caller.send(`GET ${path}?${query}`);
    expect({ status, code }).toEqual({ status: 400, code: "INVALID_QUERY_PARAM_ERR" });
    expect(resources).toMatchObject([{ reasons: [{ target: { type: "query_param", name: query.split("=")[0] } }] }]);
  });
});

test("a list of keys is narrowed by state and kind", async () => {
  const { region, caller } = await startClockedRegion();
  const [active, suspended, deleted] = [await caller.rootKey(), await caller.rootKey(), await caller.rootKey()];
  const standard = await caller.id(caller.create("/keys", { name: "standard", extractable: true }));
  await region.act("suspendKey", { key: suspended });
  await region.act("deleteKey", { key: deleted });
  const listed = async (query: string) => (await caller.send(`GET /keys${query}`)).resources.map(({ id }) => id);
  expect(await listed("")).toEqual([active, suspended, standard]);
  expect(await listed("?state=2,5")).toEqual([suspended, deleted]);
  expect(await listed("?state=2&state=5")).toEqual([suspended, deleted]);
  expect(await listed("?extractable=True")).toEqual([standard]);
  expect(await listed("?extractable=false&state=1")).toEqual([active]);
  expect(await caller.send("GET /keys?state=7")).toMatchObject({ status: 400, code: "INVALID_QUERY_PARAM_ERR" });
  expect(await caller.send("GET /keys?state=active")).toMatchObject({ status: 400 });
  await closeAll();
});
