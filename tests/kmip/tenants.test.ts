import { createCipheriv, createDecipheriv, randomBytes, X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type KeyCustody,
  KmipClient,
  type KmipEndpoint,
  ObjectStore,
  OperationFailure,
  operationsOf,
  startKmipEndpoint,
  type Tenant,
} from "../../kmip";
import { issue, makeAuthority } from "../kit/certificates";

const authority = makeAuthority();
const serverIdentity = issue(authority, { commonName: "key server", usage: "server" });
// Nobody vouches for a client here but whoever registers its certificate.
const [storage, archive] = ["storage", "archive"].map((commonName) =>
  issue(makeAuthority(), { commonName, usage: "client" }),
) as [Identity, Identity];
type Identity = ReturnType<typeof issue>;

const NINE = operationsOf([
  "DiscoverVersions",
  "Create",
  "Locate",
  "Get",
  "GetAttributes",
  "AddAttribute",
  "Activate",
  "Revoke",
  "Destroy",
]);

/** A wrapping key whose versions stay, so that what an older one sealed opens, until all are thrown away. */
class WrappingKey implements KeyCustody {
  private versions = [randomBytes(32)];

  rotate(): void {
    this.versions.push(randomBytes(32));
  }

  shred(): void {
    this.versions = [];
  }

  seal(material: Buffer): Buffer {
    const version = this.versions.length - 1;
    const iv = randomBytes(12);
    const cipher = createCipheriv("aes-256-gcm", this.versions[version] as Buffer, iv);
    const sealed = [cipher.update(material), cipher.final()];
    return Buffer.concat([Buffer.from([version]), iv, cipher.getAuthTag(), ...sealed]);
  }

  open(sealed: Buffer): Buffer {
    const key = this.versions[sealed[0] ?? 0];
    if (key === undefined) throw new OperationFailure("CryptographicFailure", "the wrapping key is gone");
    const cipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 13)).setAuthTag(sealed.subarray(13, 29));
    return Buffer.concat([cipher.update(sealed.subarray(29)), cipher.final()]);
  }
}

let directory: string;
let endpoint: KmipEndpoint;
let registered: Map<string, Tenant>;
let clients: KmipClient[];
let wrapping: WrappingKey;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "kmip-tenants-"));
  registered = new Map();
  clients = [];
  wrapping = new WrappingKey();
  endpoint = await startKmipEndpoint({
    ...serverIdentity,
    admit: ({ certificate }) =>
      registered.get(certificate?.fingerprint256 ?? "") ??
      new OperationFailure("AuthenticationNotSuccessful", "client certificate not registered"),
  });
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await endpoint.close();
  rmSync(directory, { recursive: true });
});

const tenant = (name: string, more: Partial<Tenant> = {}): Tenant => ({
  store: new ObjectStore(join(directory, name)),
  custody: wrapping,
  operations: NINE,
  versions: [{ major: 1, minor: 4 }],
  customAttributes: true,
  ...more,
});

const register = ({ cert }: Identity, its: Tenant) => registered.set(new X509Certificate(cert).fingerprint256, its);

async function connect(identity: Identity): Promise<KmipClient> {
  const { host, port } = endpoint;
  const client = await KmipClient.connect({ host, port, ca: authority.certificate, ...identity });
  clients.push(client);
  await client.discoverVersions();
  return client;
}

const key = { algorithm: "AES", length: 256 } as const;

test("a certificate lets its client in from when it is registered until it is removed", async () => {
  const refusal = { code: "clientCertificateRefused", message: expect.stringContaining("not registered") };
  await expect(connect(storage)).rejects.toMatchObject(refusal);
  register(storage, tenant("storage"));
  expect(await (await connect(storage)).locate()).toEqual([]);
  registered.clear();
  await expect(connect(storage)).rejects.toMatchObject(refusal);
});

test("tenants see their own objects alone, and clients of one tenant the same", async () => {
  const ofStorage = tenant("storage");
  const another = issue(makeAuthority(), { commonName: "another", usage: "client" });
  register(storage, ofStorage);
  register(another, ofStorage);
  register(archive, tenant("archive"));
  const [mine, beside, theirs] = [await connect(storage), await connect(another), await connect(archive)];
  const uid = await mine.create(key);
  expect(await beside.get(uid)).toEqual(await mine.get(uid));
  expect(await theirs.locate()).toEqual([]);
  await expect(theirs.get(uid)).rejects.toMatchObject({ resultReason: "ItemNotFound" });
});

test("a key lies sealed, opens after the wrapping key has a new version, and never again without it", async () => {
  register(storage, tenant("storage"));
  const client = await connect(storage);
  const uid = await client.create(key);
  const material = await client.get(uid);
  const [file = ""] = readdirSync(join(directory, "storage"));
  expect(readFileSync(join(directory, "storage", file), "utf8")).not.toContain(material.toString("base64"));
  wrapping.rotate();
  expect(await client.get(uid)).toEqual(material);
  wrapping.shred();
  await expect(client.get(uid)).rejects.toMatchObject({ resultReason: "CryptographicFailure" });
});

test("a tenant that may do nothing at the moment is refused on connections that are open", async () => {
  let suspended = false;
  const refusal = () => (suspended ? new OperationFailure("PermissionDenied", "the key is suspended") : undefined);
  register(storage, tenant("storage", { refusal }));
  const client = await connect(storage);
  const uid = await client.create(key);
  suspended = true;
  await expect(client.get(uid)).rejects.toMatchObject({ resultReason: "PermissionDenied" });
  suspended = false;
  expect(await client.get(uid)).toHaveLength(32);
});

test("what a tenant does not have is refused, whatever others have", async () => {
  register(storage, tenant("storage"));
  const client = await connect(storage);
  await expect(client.query()).rejects.toMatchObject({ resultReason: "OperationNotSupported", isNotOffered: true });
});

test("the versions of a tenant are told in any version, and nothing else is done in another one", async () => {
  register(storage, tenant("storage"));
  const { host, port } = endpoint;
  const client = await KmipClient.connect({ host, port, ca: authority.certificate, ...storage });
  clients.push(client);
  await expect(client.locate()).rejects.toMatchObject({ message: expect.stringContaining("KMIP 1.1 is not spoken") });
  expect(await client.discoverVersions()).toEqual(["1.4"]);
  expect(await client.locate()).toEqual([]);
});

test("attributes are added to what there is, once", async () => {
  register(storage, tenant("storage"));
  const client = await connect(storage);
  const uid = await client.create({ ...key, names: ["one"] });
  await client.addAttribute(uid, { name: "two" });
  await client.addAttribute(uid, { custom: "x-purpose", value: "test" });
  expect(await client.getAttributes(uid)).toMatchObject({
    names: ["one", "two"],
    customAttributes: { "x-purpose": "test" },
  });
  const again = client.addAttribute(uid, { custom: "x-purpose", value: "other" });
  await expect(again).rejects.toMatchObject({ resultReason: "IllegalOperation" });
  await expect(client.addAttribute(uid, { name: "one" })).rejects.toMatchObject({ resultReason: "InvalidField" });
  await expect(client.addAttribute(uid, { custom: "State", value: "Active" })).rejects.toMatchObject({
    resultReason: "InvalidField",
  });
  expect(await client.locate({ name: "two" })).toEqual([uid]);
});
