import {
  setDefaultKeyProvider,
  standardChanges,
} from "../../../../provider/systems/vsphere/key-providers/standard-changes";
import { defaultingOf, defaultKeyProvider } from "../../../../provider/systems/vsphere/observed/default-provider";
import { keyUseOf } from "../../../../provider/systems/vsphere/observed/key-use";
import { standardKeyProviders } from "../../../../provider/systems/vsphere/observed/standard";
import { buildVcsim, connectionTo, removeVcsim, startVcsim, stopVcsims, type Vcsim } from "./vcsim";

beforeAll(buildVcsim, 300_000);
afterAll(removeVcsim);

let vcsim: Vcsim;
beforeEach(async () => {
  vcsim = await startVcsim();
});
afterEach(stopVcsims);

const one = { name: 'one <&> "two"', hostname: "kms-1.example.com", port: 5696, userName: "user & co" };
const two = { name: "two", hostname: "2001:db8::2", port: 5697, connectionTimeout: 20 };

test("our client takes a provider of vcsim through its life", async () => {
  const vcenter = connectionTo(vcsim);
  expect(await vcenter.about()).toMatchObject({
    apiVersion: "8.0.3.0",
    instanceUuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  const providers = standardKeyProviders(vcenter);
  const changes = standardChanges(vcenter);
  expect(await providers.list()).toEqual([]);

  const name = "storage <&>";
  await changes.create({ name, servers: [one] }, "a password");
  expect(await providers.find(name)).toEqual({ name, servers: [one] });

  await changes.update({ name, servers: [one] }, { name, servers: [one, two] });
  const proxied = { ...one, userName: undefined, proxy: { hostname: "proxy", port: 3128 } };
  await changes.update({ name, servers: [one, two] }, { name, servers: [two, proxied] }, "another password");
  const found = await providers.find(name);
  expect(found?.servers.toSorted((a, b) => a.port - b.port)).toEqual([proxied, two]);
  await changes.update({ name, servers: [proxied, two] }, { name, servers: [two] });
  expect(await providers.find(name)).toEqual({ name, servers: [two] });

  expect(await providers.health({ name, servers: [two] })).toEqual({
    health: "healthy",
    details: [],
    servers: [{ name: "two", health: "healthy", details: [] }],
  });

  await changes.remove(name);
  expect(await providers.find(name)).toBeUndefined();
});

test("defaults are given to vCenters and their entities, and taken back", async () => {
  const vcenter = connectionTo(vcsim);
  const changes = standardChanges(vcenter);
  await changes.create({ name: "a", servers: [one] });
  await changes.create({ name: "b", servers: [two] });
  expect(await defaultKeyProvider(vcenter)).toBeUndefined();
  await setDefaultKeyProvider(vcenter, undefined, "a");
  expect(await defaultKeyProvider(vcenter)).toBe("a");
  expect(await defaultingOf(vcenter, "a")).toEqual({ ofVcenter: true, ofEntities: [] });
  const entity = { type: "ClusterComputeResource", value: "domain-c8" };
  await setDefaultKeyProvider(vcenter, entity, "b");
  expect(await defaultKeyProvider(vcenter, entity)).toBe("b");
  expect(await defaultingOf(vcenter, "b")).toEqual({ ofVcenter: false, ofEntities: [entity] });
  await setDefaultKeyProvider(vcenter, entity, undefined);
  expect(await defaultKeyProvider(vcenter, entity)).toBeUndefined();
});

test("machines and hosts are seen that need a provider's keys", async () => {
  const vcenter = connectionTo(vcsim);
  await standardChanges(vcenter).create({ name: vcsim.provider, servers: [one] });
  const use = await keyUseOf(vcenter, vcsim.provider);
  expect(use.holders.map(({ type }) => type).sort()).toEqual(["HostSystem", "VirtualMachine"]);
  expect(use.holders.map(({ name }) => name)).toEqual(Array(2).fill(expect.stringMatching(/^DC0_/)));
  expect((await keyUseOf(vcenter, "another")).holders).toEqual([]);
});

test("a login is refused by its own error, and vcsim's refusals come in its own words", async () => {
  const refused = connectionTo(vcsim, { password: "another" });
  await expect(refused.call("ListKmipServers", {})).rejects.toMatchObject({ code: "EKM_CONNECTION_LOGIN" });
  const vcenter = connectionTo(vcsim);
  const changes = standardChanges(vcenter);
  await changes.create({ name: "a", servers: [one] });
  await expect(changes.create({ name: "a", servers: [one] })).rejects.toMatchObject({
    code: "EKM_VSPHERE_API",
    vendorName: "RuntimeFault",
    message: expect.stringContaining("RuntimeFault: Already registered (a SOAP fault)"),
  });
  await expect(changes.create({ name: "b", servers: [{ ...one, name: "" }] })).rejects.toMatchObject({
    vendorName: "InvalidArgument",
    message: expect.stringContaining("(server.info.name)"),
  });
});
