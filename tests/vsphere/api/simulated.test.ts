import { X509Certificate } from "node:crypto";
import { ConnectedVcenter } from "../../../provider/systems/vsphere/api/vcenter";
import type { KeyProviderChanges } from "../../../provider/systems/vsphere/key-providers/changes";
import {
  setDefaultKeyProvider,
  standardChanges,
} from "../../../provider/systems/vsphere/key-providers/standard-changes";
import { trustedChanges } from "../../../provider/systems/vsphere/key-providers/trusted-changes";
import { defaultingOf, defaultKeyProvider } from "../../../provider/systems/vsphere/observed/default-provider";
import {
  isHealthy,
  type KeyProvider,
  type KeyProviders,
} from "../../../provider/systems/vsphere/observed/key-providers";
import { keyUseOf } from "../../../provider/systems/vsphere/observed/key-use";
import { standardKeyProviders } from "../../../provider/systems/vsphere/observed/standard";
import { trustAuthorityClusters, trustedKeyProviders } from "../../../provider/systems/vsphere/observed/trusted";
import type { VCenterSimulator } from "../../../simulator/vsphere";
import type { Switches } from "../../../simulator/vsphere/vcenter/switches";
import { issue, publicKeyOf } from "../../kit/certificates";
import { MovedClock } from "../../kit/moved-clock";
import { closeAfterTest, closeAll } from "../../simulator/cleanup";
import { startKeyServer, startVCenter } from "../simulator/vcenters";

afterEach(closeAll);

function connect({ endpoint, certificate, username, password }: VCenterSimulator): ConnectedVcenter {
  const runtime = { clock: new MovedClock(), signal: new AbortController().signal, assertHostAlive: async () => {} };
  const settings = { endpoint, caCertificate: certificate, username, password };
  const vcenter = new ConnectedVcenter("default", settings, runtime);
  closeAfterTest(() => vcenter.close());
  return vcenter;
}

interface Scene {
  vcenter: ConnectedVcenter;
  kms: Awaited<ReturnType<typeof startKeyServer>>;
  providers: KeyProviders;
  changes: KeyProviderChanges;
  /** With one server, as it has been made. */
  provider: KeyProvider;
}

type Family = KeyProviders["family"];

async function scene(family: Family, switches: Partial<Switches> = {}): Promise<Scene> {
  const simulator = await startVCenter({ switches });
  const kms = await startKeyServer();
  const vcenter = connect(simulator);
  const [cluster = ""] = simulator.trustAuthorityClusters;
  const trusted = family === "trusted";
  const providers = trusted ? trustedKeyProviders(vcenter, cluster) : standardKeyProviders(vcenter);
  const changes = trusted ? trustedChanges(vcenter, cluster) : standardChanges(vcenter);
  const servers = [{ name: "one", hostname: "127.0.0.1", port: kms.port, userName: "kmip" }];
  const provider = { name: "storage", servers, ...(trusted ? { description: "", primaryKey: "8" } : {}) };
  await changes.create(provider, "a password of the key server");
  return { vcenter, kms, providers, changes, provider };
}

async function trustOf({ providers, provider }: Scene) {
  const health = await providers.health(provider);
  return [isHealthy(health), health.servers.map(({ serverTrusted, clientTrusted }) => [serverTrusted, clientTrusted])];
}

const derOf = (pem: string | undefined) => pem && new X509Certificate(pem).raw.toString("hex");

const FAMILIES: Family[] = ["trusted", "standard"];
/** How a vCenter says that there is no certificate, and where it says what it refuses. */
const WORDS: Partial<Switches>[] = [
  { missingCertificate: "notFound", errorChannel: "http" },
  { missingCertificate: "empty", errorChannel: "task" },
];
const cases = FAMILIES.flatMap((family) => WORDS.map((words) => [family, words] as const));

test.each(cases)("a %s provider is made, trusted both ways and removed, with %j", async (family, words) => {
  const all = await scene(family, words);
  const { kms, providers, changes, provider } = all;
  expect(await providers.list()).toEqual([provider.name]);
  expect(await providers.find(provider.name)).toEqual(provider);
  expect(await providers.clientCertificate(provider.name)).toBeUndefined();
  expect(await providers.signingRequest(provider.name)).toBeUndefined();
  expect(await trustOf(all)).toEqual([false, [[false, false]]]);

  const [presented] = await providers.peerCertificates(provider);
  expect(presented).toMatchObject({ server: "one", isTrusted: false, details: [] });
  expect(derOf(presented?.certificate)).toBe(derOf(kms.certificate));
  await changes.trust(provider.name, [kms.certificate]);
  expect((await providers.trustedCertificates(provider)).map(derOf)).toEqual([derOf(kms.certificate)]);

  const subject = family === "standard" ? { commonName: "vcenter" } : undefined;
  const request = await changes.requestSigning(provider.name, subject);
  expect(await providers.signingRequest(provider.name)).toBe(request);
  const { cert } = issue(kms.authority, { commonName: "vcenter", usage: "client", publicKey: publicKeyOf(request) });
  await changes.useSigned(provider.name, cert);
  expect(derOf(await providers.clientCertificate(provider.name))).toBe(derOf(cert));
  expect(await trustOf(all)).toEqual([true, [[true, true]]]);

  const two = { ...provider.servers[0], name: "two", hostname: "localhost", port: kms.port };
  const both = { ...provider, servers: [...provider.servers, two] };
  await changes.update(provider, both);
  expect(await providers.find(provider.name)).toEqual(both);
  await changes.update(both, { ...provider, servers: [two] }, "another password");
  expect(await providers.find(provider.name)).toEqual({ ...provider, servers: [two] });

  await changes.remove(provider.name);
  expect(await providers.find(provider.name)).toBeUndefined();
});

test.each(FAMILIES)("a %s provider takes a certificate that vCenter makes, and one with its key", async (family) => {
  const { kms, providers, changes, provider } = await scene(family);
  const made = await changes.generateCertificate(provider.name);
  await changes.useGenerated(provider.name, made);
  expect(derOf(await providers.clientCertificate(provider.name))).toBe(derOf(made));
  expect(derOf(await providers.generatedCertificate(provider.name))).toBe(derOf(made));
  const pair = issue(kms.authority, { commonName: "vcenter", usage: "client" });
  await changes.useKeyPair(provider.name, pair.cert, pair.key);
  expect(derOf(await providers.clientCertificate(provider.name))).toBe(derOf(pair.cert));
});

test("a standard provider's default and use are seen", async () => {
  const simulator = await startVCenter();
  const kms = await startKeyServer();
  const vcenter = connect(simulator);
  const changes = standardChanges(vcenter);
  const provider = { name: "storage", servers: [{ name: "one", hostname: "127.0.0.1", port: kms.port }] };
  await changes.create(provider);
  await changes.trust(provider.name, [kms.certificate]);
  const pair = issue(kms.authority, { commonName: "vcenter", usage: "client" });
  await changes.useKeyPair(provider.name, pair.cert, pair.key);

  expect(await defaultKeyProvider(vcenter)).toBeUndefined();
  await setDefaultKeyProvider(vcenter, undefined, provider.name);
  expect(await defaultKeyProvider(vcenter)).toBe(provider.name);
  expect(await defaultingOf(vcenter, provider.name)).toEqual({ ofVcenter: true, ofEntities: [] });

  expect(await keyUseOf(vcenter, provider.name)).toEqual({ keys: [], holders: [], tags: [] });
  await simulator.act("encrypt", {
    machine: (await vcenter.call("RetrievePropertiesEx", { type: "VirtualMachine" }))[0]?.name,
  });
  const use = await keyUseOf(vcenter, provider.name);
  expect(use.keys).toHaveLength(1);
  expect(use.holders).toContainEqual(expect.objectContaining({ type: "VirtualMachine" }));

  await setDefaultKeyProvider(vcenter, undefined, undefined);
  expect(await defaultKeyProvider(vcenter)).toBeUndefined();
});

test("a vCenter of version 9 has standard providers alone", async () => {
  const vcenter = connect(await startVCenter({ apiVersion: "9.0.0.0" }));
  expect(await trustAuthorityClusters(vcenter)).toEqual([]);
  expect(await standardKeyProviders(vcenter).list()).toEqual([]);
  await expect(trustedKeyProviders(vcenter, "domain-c8").list()).rejects.toMatchObject({ code: "EKM_API_VERSION" });
});
