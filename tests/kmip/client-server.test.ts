import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  KmipAuthenticationError,
  KmipClient,
  KmipConnectionError,
  type KmipConnectionOptions,
  KmipOperationError,
  type KmipServer,
  type KmipServerOptions,
  startKmipServer,
} from "../../kmip";
import { issue, makeAuthority } from "../kit/certificates";

const DAY = 86_400_000;
const authority = makeAuthority();
const stranger = makeAuthority({ commonName: "Another Authority" });
const serverIdentity = issue(authority, { commonName: "key server", usage: "server" });
const clientIdentity = issue(authority, { commonName: "cluster", usage: "client" });

let stateDir: string;
let server: KmipServer;
let clients: KmipClient[];

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), "kmip-"));
  clients = [];
  server = await start();
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await server.close();
  await rm(stateDir, { recursive: true });
});

const start = (options: Partial<KmipServerOptions> = {}) =>
  startKmipServer({ ...serverIdentity, ca: authority.certificate, stateDir, ...options });

async function connect(options: Partial<KmipConnectionOptions> = {}): Promise<KmipClient> {
  const address = { host: server.host, port: server.port };
  const client = await KmipClient.connect({ ...address, ca: authority.certificate, ...clientIdentity, ...options });
  clients.push(client);
  return client;
}

/** The error of connecting and asking one question. */
const refusal = (options: Partial<KmipConnectionOptions>): Promise<unknown> =>
  connect(options)
    .then((client) => client.query())
    .then(
      () => undefined,
      (error: unknown) => error,
    );

const failure = (work: Promise<unknown>): Promise<KmipOperationError> =>
  work.then(
    () => {
      throw new Error("it succeeded");
    },
    (error) => {
      expect(error).toBeInstanceOf(KmipOperationError);
      return error;
    },
  );

describe("what the server tells of itself", () => {
  it("offers versions, highest first, and goes on in the highest", async () => {
    const client = await connect();
    expect(await client.discoverVersions()).toEqual(["1.4", "1.3", "1.2", "1.1", "1.0"]);
    expect((await client.query()).vendorIdentification).toBe("pulumi-ekm simulator");
  });

  it("names its operations and object types", async () => {
    const { operations, objectTypes } = await (await connect()).query();
    expect(operations).toEqual(expect.arrayContaining(["DiscoverVersions", "Query", "Create", "Get", "Destroy"]));
    expect(objectTypes).toEqual(["SymmetricKey"]);
  });
});

describe("a key's life", () => {
  it.each([128, 192, 256])("creates AES keys of %d bits, each another", async (length) => {
    const client = await connect();
    const [one, other] = [
      await client.create({ algorithm: "AES", length }),
      await client.create({ algorithm: "AES", length }),
    ];
    const [key, otherKey] = [await client.get(one), await client.get(other)];
    expect(key).toHaveLength(length / 8);
    expect(otherKey.equals(key)).toBe(false);
    expect((await client.get(one)).equals(key)).toBe(true);
  });

  it("goes from PreActive to Destroyed", async () => {
    const client = await connect();
    const uid = await client.create({ algorithm: "AES", length: 256 });
    expect((await client.getAttributes(uid)).state).toBe("PreActive");
    await client.activate(uid);
    expect((await client.getAttributes(uid)).state).toBe("Active");
    expect((await failure(client.destroy(uid))).resultReason).toBe("PermissionDenied");
    await client.revoke(uid);
    expect((await client.getAttributes(uid)).state).toBe("Deactivated");
    await client.destroy(uid);
    expect((await failure(client.get(uid))).resultReason).toBe("ItemNotFound");
    expect(server.objects()).toMatchObject([{ uid, state: "Destroyed", revocationReason: "CessationOfOperation" }]);
  });

  it("remembers that a key was compromised", async () => {
    const client = await connect();
    const uid = await client.create({ algorithm: "AES", length: 256 });
    await client.revoke(uid, "KeyCompromise");
    expect((await client.getAttributes(uid)).state).toBe("Compromised");
    await client.destroy(uid);
    expect(server.objects()[0]?.state).toBe("DestroyedCompromised");
  });

  it("refuses steps that the state does not allow", async () => {
    const client = await connect();
    const uid = await client.create({ algorithm: "AES", length: 256 });
    expect((await failure(client.revoke(uid))).resultReason).toBe("IllegalOperation");
    await client.activate(uid);
    const again = await failure(client.activate(uid));
    expect(again).toMatchObject({ operation: "Activate", resultReason: "PermissionDenied", code: "operationFailed" });
  });

  it("destroys a key that was never active", async () => {
    const client = await connect();
    const uid = await client.create({ algorithm: "AES", length: 256 });
    await client.destroy(uid);
    expect(await client.locate()).toEqual([]);
  });

  it("dates each step by its clock", async () => {
    await server.close();
    let now = new Date("2030-01-01T00:00:00Z");
    const identity = issue(authority, { commonName: "cluster", usage: "client", notAfter: new Date("2031-01-01") });
    server = await start({ clock: () => now });
    const client = await connect(identity);
    const uid = await client.create({ algorithm: "AES", length: 256 });
    now = new Date("2030-02-01T00:00:00Z");
    await client.activate(uid);
    const { initial, activation } = (await client.getAttributes(uid)).dates;
    expect(initial).toEqual(new Date("2030-01-01T00:00:00Z"));
    expect(activation).toEqual(now);
  });
});

describe("attributes", () => {
  const customAttributes = { "x-SolidFire-KeyID-7b0d1c1e-0000-4000-8000-000000000001": "master key" };

  it("keeps names and custom attributes", async () => {
    const client = await connect();
    const uid = await client.create({ algorithm: "AES", length: 256, names: ["one", "two"], customAttributes });
    expect(await client.getAttributes(uid)).toMatchObject({
      names: ["one", "two"],
      customAttributes,
      algorithm: "AES",
      length: 256,
      objectType: "SymmetricKey",
    });
    expect(server.objects()).toMatchObject([{ uid, names: ["one", "two"], customAttributes }]);
  });

  it("refuses custom attributes where that is switched off, and keeps nothing then", async () => {
    await server.close();
    server = await start({ customAttributes: false });
    const client = await connect();
    const error = await failure(client.create({ algorithm: "AES", length: 256, customAttributes }));
    expect(error.resultReason).toBe("InvalidField");
    expect(server.objects()).toEqual([]);
  });

  it("finds by name, newest first without one", async () => {
    const client = await connect();
    const one = await client.create({ algorithm: "AES", length: 256, names: ["one"] });
    const two = await client.create({ algorithm: "AES", length: 256, names: ["two"] });
    expect(await client.locate({ name: "one" })).toEqual([one]);
    expect(await client.locate({ name: "three" })).toEqual([]);
    expect(new Set(await client.locate())).toEqual(new Set([two, one]));
  });

  it("refuses a name that is taken until its key is destroyed", async () => {
    const client = await connect();
    const options = { algorithm: "AES", length: 256, names: ["one"] } as const;
    const uid = await client.create({ ...options, names: ["one"] });
    expect((await failure(client.create({ ...options, names: ["one"] }))).resultReason).toBe("InvalidField");
    await client.destroy(uid);
    await client.create({ ...options, names: ["one"] });
  });

  it("refuses lengths that AES does not have", async () => {
    const client = await connect();
    expect((await failure(client.create({ algorithm: "AES", length: 100 }))).resultReason).toBe("InvalidField");
  });
});

describe("persistence", () => {
  it("goes on after a restart where it was", async () => {
    const before = await connect();
    const kept = await before.create({ algorithm: "AES", length: 256, names: ["kept"] });
    const gone = await before.create({ algorithm: "AES", length: 256 });
    await before.activate(kept);
    await before.destroy(gone);
    const [key, objects] = [await before.get(kept), server.objects()];
    await server.close();
    server = await start();
    const after = await connect();
    expect((await after.get(kept)).equals(key)).toBe(true);
    expect((await after.getAttributes(kept)).state).toBe("Active");
    expect(server.objects()).toEqual(objects);
  });

  it("answers from memory while a client is connected to another server", async () => {
    const [one, two] = await Promise.all([connect(), connect()]);
    const uid = await one.create({ algorithm: "AES", length: 256 });
    expect(await two.locate()).toEqual([uid]);
    expect(server.connections).toBe(2);
  });

  it("serves calls made at once in their order", async () => {
    const client = await connect();
    const uids = await Promise.all([1, 2, 3].map(() => client.create({ algorithm: "AES", length: 256 })));
    expect(new Set(uids).size).toBe(3);
    expect(
      server
        .objects()
        .map(({ uid }) => uid)
        .sort(),
    ).toEqual([...uids].sort());
  });
});

describe("who may connect", () => {
  it.each([
    ["from another authority", issue(stranger, { commonName: "cluster", usage: "client" })],
    [
      "that has expired",
      issue(authority, { commonName: "cluster", usage: "client", notAfter: new Date(Date.now() - DAY / 24 / 60) }),
    ],
    [
      "not yet valid",
      issue(authority, { commonName: "cluster", usage: "client", notBefore: new Date(Date.now() + DAY) }),
    ],
    ["for servers only", issue(authority, { commonName: "cluster", usage: "server" })],
  ])("refuses a client certificate %s", async (_, identity) => {
    const error = await refusal(identity);
    expect(error).toBeInstanceOf(KmipAuthenticationError);
    expect(error).toMatchObject({ code: "clientCertificateRefused" });
    expect(server.objects()).toEqual([]);
  });

  it("refuses a certificate that has expired by its own clock", async () => {
    await server.close();
    server = await start({ clock: () => new Date(Date.now() + 100 * DAY) });
    expect(await refusal({})).toMatchObject({ code: "clientCertificateRefused" });
  });

  it("judges dates by its own clock alone, and the rest as ever", async () => {
    await server.close();
    server = await start({ clock: () => new Date(Date.now() + 10 * DAY) });
    const future = { commonName: "cluster", usage: "client", notBefore: new Date(Date.now() + DAY) } as const;
    expect(await refusal(issue(authority, future))).toBeUndefined();
    expect(await refusal(issue(stranger, future))).toMatchObject({ code: "clientCertificateRefused" });
  });

  it("lets in clients of each of several authorities", async () => {
    await server.close();
    server = await start({ ca: authority.certificate + stranger.certificate });
    expect(await refusal({})).toBeUndefined();
    expect(await refusal(issue(stranger, { commonName: "cluster", usage: "client" }))).toBeUndefined();
  });

  it("is refused by the client when its own certificate is not to be trusted", async () => {
    const error = await refusal({ ca: stranger.certificate });
    expect(error).toBeInstanceOf(KmipAuthenticationError);
    expect(error).toMatchObject({ code: "serverCertificateRefused" });
  });

  it("is refused by the client when its certificate names another host", async () => {
    const other = issue(authority, { commonName: "key server", usage: "server", hosts: ["keys.example"] });
    await server.close();
    server = await start(other);
    expect(await refusal({})).toMatchObject({ code: "serverCertificateRefused" });
  });

  it("tells a key that belongs to another certificate before connecting", async () => {
    expect(await refusal({ key: serverIdentity.key })).toMatchObject({ code: "ownCredentialsInvalid" });
    expect(server.connections).toBe(0);
  });
});

describe("a connection that breaks", () => {
  it("is refused where nobody listens", async () => {
    const { port } = server;
    await server.close();
    const error = await refusal({ port });
    expect(error).toBeInstanceOf(KmipConnectionError);
    expect(error).toMatchObject({ code: "refused" });
    server = await start();
  });

  it("is unresolved where the name does not exist", async () => {
    expect(await refusal({ host: "nowhere.invalid" })).toMatchObject({ code: "unresolved" });
  });

  it("fails every later call once the server is gone", async () => {
    const client = await connect();
    await client.query();
    await server.close();
    await expect(client.query()).rejects.toBeInstanceOf(KmipConnectionError);
    await expect(client.query()).rejects.toBeInstanceOf(KmipConnectionError);
    server = await start();
  });
});
