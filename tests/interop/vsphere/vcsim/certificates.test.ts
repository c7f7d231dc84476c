import { X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  IN_CLEAR,
  type KmipEndpoint,
  ObjectStore,
  OperationFailure,
  operationsOf,
  SUPPORTED_VERSIONS,
  startKmipEndpoint,
} from "../../../../kmip";
import type { KeyProviderChanges } from "../../../../provider/systems/vsphere/key-providers/changes";
import { standardChanges } from "../../../../provider/systems/vsphere/key-providers/standard-changes";
import {
  isHealthy,
  type KeyProvider,
  type KeyProviders,
} from "../../../../provider/systems/vsphere/observed/key-providers";
import { standardKeyProviders } from "../../../../provider/systems/vsphere/observed/standard";
import { issue, makeAuthority, publicKeyOf } from "../../../kit/certificates";
import { buildVcsim, connectionTo, removeVcsim, startVcsim, stopVcsims } from "./vcsim";

const authority = makeAuthority();
const server = issue(authority, { commonName: "kms", usage: "server" });

let folder: string;
let kms: KmipEndpoint;
/** SHA-256 of the certificates whose clients are let in. */
const registered = new Set<string>();

beforeAll(async () => {
  await buildVcsim();
  folder = mkdtempSync(join(tmpdir(), "vcsim-kms-"));
  const tenant = {
    store: new ObjectStore(folder),
    custody: IN_CLEAR,
    operations: operationsOf(["DiscoverVersions"]),
    versions: SUPPORTED_VERSIONS,
    customAttributes: true,
  };
  kms = await startKmipEndpoint({
    ...server,
    admit: ({ certificate }) =>
      registered.has(certificate?.fingerprint256 ?? "")
        ? tenant
        : new OperationFailure("AuthenticationNotSuccessful", "client certificate not registered"),
  });
}, 300_000);

afterAll(async () => {
  await kms.close();
  rmSync(folder, { recursive: true });
  await removeVcsim();
});

let providers: KeyProviders;
let changes: KeyProviderChanges;
let provider: KeyProvider;

beforeEach(async () => {
  const vcenter = connectionTo(await startVcsim("-certificates"));
  providers = standardKeyProviders(vcenter);
  changes = standardChanges(vcenter);
  provider = { name: "storage", servers: [{ name: "one", hostname: kms.host, port: kms.port }] };
  await changes.create(provider);
});
afterEach(stopVcsims);

const register = (pem: string) => registered.add(new X509Certificate(pem).fingerprint256);
const trustOf = async () => {
  const health = await providers.health(provider);
  const [first] = health.servers;
  return [isHealthy(health), first?.serverTrusted, first?.clientTrusted];
};

/** Each way to give a vCenter a certificate by which key servers know it. */
const WAYS: Readonly<Record<string, () => Promise<string>>> = {
  async generated() {
    const made = await changes.generateCertificate(provider.name);
    expect(await providers.generatedCertificate(provider.name)).toBe(made);
    register(made);
    await changes.useGenerated(provider.name, made);
    return made;
  },
  async signed() {
    const request = await changes.requestSigning(provider.name, {
      commonName: "vcenter",
      organization: "<Example> & co",
    });
    expect(await providers.signingRequest(provider.name)).toBe(request);
    const { cert } = issue(authority, { commonName: "vcenter", usage: "client", publicKey: publicKeyOf(request) });
    register(cert);
    await changes.useSigned(provider.name, cert);
    return cert;
  },
  async "uploaded with its key"() {
    const { cert, key } = issue(authority, { commonName: "vcenter", usage: "client" });
    register(cert);
    await changes.useKeyPair(provider.name, cert, key);
    return cert;
  },
};

test.each(Object.keys(WAYS))("a provider becomes healthy by a certificate that is %s", async (way) => {
  expect(await providers.clientCertificate(provider.name)).toBeUndefined();
  expect(await trustOf()).toEqual([false, false, false]);

  const [presented] = await providers.peerCertificates(provider);
  expect(new X509Certificate(presented?.certificate ?? "").raw).toEqual(new X509Certificate(server.cert).raw);
  expect(presented?.isTrusted).toBe(false);
  await changes.trust(provider.name, [presented?.certificate ?? ""]);
  expect((await providers.trustedCertificates(provider)).length).toBe(1);
  expect(await trustOf()).toEqual([false, true, false]);

  const used = await WAYS[way]?.();
  const inUse = await providers.clientCertificate(provider.name);
  expect(new X509Certificate(inUse ?? "").raw).toEqual(new X509Certificate(used ?? "").raw);
  expect(await trustOf()).toEqual([true, true, true]);
});

test("a certificate for another key is refused, and a server that is down has reasons", async () => {
  await changes.requestSigning(provider.name);
  const { cert } = issue(authority, { commonName: "vcenter", usage: "client" });
  await expect(changes.useSigned(provider.name, cert)).rejects.toMatchObject({ vendorName: "InvalidArgument" });
  const down = { ...provider, servers: [{ name: "down", hostname: "127.0.0.1", port: 1 }] };
  expect(await providers.peerCertificates(down)).toEqual([
    { server: "down", isTrusted: false, details: [expect.stringContaining("refused")] },
  ]);
});
