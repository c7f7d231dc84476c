import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { issue } from "../../kit/certificates";
import { KeyManager, lastingAuthority, Region, VCenter } from "../acceptance/lab";
import type { Workspace } from "../harness";
import { PLUGINS, reference, yamlWorkspace } from "./yaml-workspace";

const authority = lastingAuthority("Clients");

let keyManager: KeyManager;
let region: Region;
let vcenter: VCenter;
let workspace: Workspace;

beforeAll(async () => {
  [keyManager, region, vcenter, workspace] = await Promise.all([
    KeyManager.start(authority),
    Region.start(),
    VCenter.start(),
    yamlWorkspace("production"),
  ]);
}, 300_000);
afterAll(async () => {
  workspace.remove();
  await Promise.all([vcenter.remove(), region.remove(), keyManager.remove()]);
});

/** Components of an instance of the provider that the program has, and not of the default one. */
const program = () => ({
  name: "storage",
  runtime: "yaml",
  plugins: PLUGINS,
  resources: {
    ekm: {
      type: "pulumi:providers:ekm",
      properties: { keyProtectInstances: { east: region.connection }, vcenters: { east: vcenter.connection } },
    },
    clients: {
      type: "ekm:keyprotect:KmipAccess",
      properties: {
        instance: "east",
        clients: { db: issue(authority, { commonName: "db", usage: "client" }).cert },
        propagation: "5s",
      },
      options: { provider: reference("ekm") },
    },
    machines: {
      type: "ekm:vsphere:ExternalKeyManagement",
      properties: {
        vcenter: "east",
        servers: [{ hostname: keyManager.settings.hostnames[0], port: keyManager.settings.port }],
        trustedServers: [keyManager.fingerprint256],
        signer: { certificate: authority.certificate, privateKey: { "fn::secret": authority.privateKey } },
      },
      options: { provider: reference("ekm") },
    },
  },
  outputs: {
    port: reference("clients.port"),
    adapter: reference("clients.adapter.name"),
    isDefault: reference("machines.default.keyProvider"),
  },
});

it("declares components of all systems on an instance that a program in YAML has", async () => {
  writeFileSync(join(workspace.folder, "Pulumi.yaml"), JSON.stringify(program()));
  await workspace.preview();
  expect([...region.writes, ...vcenter.writes]).toEqual([]);
  await workspace.up();
  expect(region.objects.adapters).toHaveLength(1);
  const { kmsClusters, defaultProvider } = vcenter.simulator.state();
  expect(kmsClusters).toHaveLength(1);
  expect(defaultProvider).toBe(kmsClusters[0]?.name);
  expect((await workspace.up()).steps).toEqual([]);
  const { resources } = await workspace.exportState();
  expect(resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs).toMatchObject({
    port: expect.any(Number),
    adapter: region.objects.adapters[0]?.name,
    isDefault: expect.stringContaining(defaultProvider ?? "no default"),
  });
  await workspace.destroy();
  expect(vcenter.simulator.state().kmsClusters).toEqual([]);
  expect(region.objects.adapters).toEqual([]);
}, 180_000);
