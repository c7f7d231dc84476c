import type * as pulumi from "@pulumi/pulumi";
import { journalled } from "../../provider/adapters/process/journal/journalled";
import { DynamicProvider } from "../../provider/adapters/pulumi/dynamic/provider";
import { carrying } from "../../provider/adapters/pulumi/resource/carried-inputs";
import { Runtime } from "../../provider/adapters/pulumi/runtime";
import type { AnyLifecycle } from "../../provider/core/lifecycle";
import { UNKNOWN } from "../../provider/core/unknown";
import { stopServers } from "../connections/toy-vault";
import { key } from "./key/key";
import { keyResource } from "./key/resource";
import { VaultServer } from "./server";
import { vault } from "./system";

// Where Jest runs in this very process, its own last argument would be taken for the address of an engine.
process.argv.length = 2;

const API_KEY = "an-api-key-of-the-toy-vault";
const __resourceUrn = "urn:pulumi:dev::tests::pulumi-nodejs:dynamic/ekm/vault:Key::main";

type Properties = Record<string, unknown>;

let server: VaultServer;
let reached: { endpoint: string; caCertificate?: string };
const running: Runtime[] = [];

beforeEach(async () => {
  server = new VaultServer(API_KEY, "guid-of-the-east");
  reached = await server.start();
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((runtime) => runtime.close()));
  stopServers();
});

/** The toy's resource in a provider process of its own, as an engine meets it. */
async function inProcess(apiKey = API_KEY): Promise<DynamicProvider> {
  const runtime = new Runtime(undefined);
  running.push(runtime);
  const lifecycle = journalled(carrying(key as unknown as AnyLifecycle, vault), keyResource, vault);
  const provider = new DynamicProvider(lifecycle, runtime, vault);
  const rawConfig = { "ekm:vaults": JSON.stringify({ default: { ...reached, apiKey } }) };
  await provider.configure({ config: { rawConfig } as unknown as pulumi.dynamic.Config });
  return provider;
}

const declared = (more: object = {}): Properties => ({ __resourceUrn, algorithm: "AES256", ...more });

async function created(provider: DynamicProvider): Promise<{ id: string; inputs: Properties; state: Properties }> {
  const { inputs, failures } = await provider.check({}, declared());
  expect(failures).toEqual([]);
  const { id, outs } = await provider.create(inputs);
  return { id, inputs, state: outs as Properties };
}

const writes = () => server.requests.filter((request) => !request.startsWith("GET "));

test("a resource is made, renamed and removed in the vault, and nothing is done twice", async () => {
  const provider = await inProcess();
  const { id, inputs, state } = await created(provider);
  expect(id).toBe("1");
  expect(state).toMatchObject({ vault: "default", vaultGUID: "guid-of-the-east", keyNumber: 1, algorithm: "AES256" });
  expect(state.name).toMatch(/^main-[0-9a-f]{7}$/);

  const again = await provider.check(inputs, declared());
  expect(await provider.diff(id, state, again.inputs)).toMatchObject({ changes: false });

  const renamed = (await provider.check(inputs, declared({ name: "storage" }))).inputs;
  expect(await provider.diff(id, state, renamed)).toEqual({ changes: true });
  const { outs } = await provider.update(id, state, renamed);
  expect(outs).toMatchObject({ name: "storage", keyNumber: 1 });

  const other = (await provider.check(renamed, declared({ name: "storage", algorithm: "RSA4096" }))).inputs;
  const replacement = { changes: true, replaces: ["algorithm"], deleteBeforeReplace: true };
  expect(await provider.diff(id, outs as Properties, other)).toEqual(replacement);

  await provider.delete(id, outs as Properties);
  expect(server.keys).toEqual([]);
  expect(writes()).toEqual(["POST /keys", "PATCH /keys/1", "DELETE /keys/1"]);
});

test("what was changed by hand is shown, and what is gone is told to be", async () => {
  const provider = await inProcess();
  const { id, state } = await created(provider);
  Object.assign(server.keys[0] ?? {}, { name: "by hand" });
  const { props } = await provider.read(id, state);
  expect(props).toMatchObject({ name: "by hand", vaultGUID: "guid-of-the-east" });
  server.keys.splice(0);
  // One refresh looks once.
  expect(await (await inProcess()).read(id, state)).toEqual({ id: "" });
});

test("an object of the vault is imported by its id and its connection alone", async () => {
  server.keys.push({ id: 7, name: "made by hand", algorithm: "RSA4096" });
  const read = await (await inProcess()).read("7", { __resourceUrn, vault: "default" });
  expect(read).toMatchObject({
    id: "7",
    inputs: { vault: "default", name: "made by hand", algorithm: "RSA4096" },
    props: { vaultGUID: "guid-of-the-east", keyNumber: 7 },
  });
});

test("a run that lost the answer to its create finds what it made by its mark", async () => {
  const first = await created(await inProcess());
  const second = await created(await inProcess());
  expect(second.id).toBe(first.id);
  expect(writes()).toEqual(["POST /keys"]);
});

test("arguments are refused in words, and what is not known yet passes", async () => {
  const provider = await inProcess();
  const { failures } = await provider.check({}, declared({ algorithm: "DES", vault: "west" }));
  expect(failures).toEqual([
    { property: "algorithm", reason: 'must be "AES256" or "RSA4096"' },
    {
      property: "vault",
      reason: expect.stringMatching(/^EKM_CONNECTION_NOT_CONFIGURED: .* vault "west".*ekm:vaults\.west\.apiKey/s),
    },
  ]);
  expect((await provider.check({}, declared({ algorithm: UNKNOWN }))).failures).toEqual([]);
  expect(server.requests).toEqual([]);
});

test("a token is fetched once, renewed when it is refused, and shown nowhere", async () => {
  const provider = await inProcess();
  const { id, state } = await created(provider);
  expect(server.lodge.logins).toHaveLength(1);
  server.lodge.revoke();
  const read = await provider.read(id, state);
  expect(server.lodge.logins).toHaveLength(2);
  expect(JSON.stringify([state, read])).not.toMatch(/an-api-key|token-\d/);
});

test("a wrong key is tried once, and another vault at the address is refused", async () => {
  const { id, inputs, state } = await created(await inProcess());
  const wrong = await inProcess("wrong");
  await expect(wrong.create(inputs)).rejects.toThrow(/^EKM_CONNECTION_LOGIN: .*vault "default"/);
  await expect(wrong.read(id, state)).rejects.toThrow("EKM_CONNECTION_LOGIN");
  expect(server.lodge.logins).toEqual([API_KEY, "wrong"]);

  server.guid = "guid-of-the-west";
  const elsewhere = await inProcess();
  await expect(elsewhere.delete(id, state)).rejects.toThrow(
    /^EKM_CONNECTION_IDENTITY: .*GUID guid-of-the-west, but this resource is on guid-of-the-east/,
  );
  expect(server.keys).toHaveLength(1);
});
