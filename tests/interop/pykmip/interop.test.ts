import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { KmipAuthenticationError, KmipClient, KmipOperationError, startKmipServer } from "../../../kmip";
import { issue, makeAuthority } from "../../kit/certificates";
import { pythonInterpreter } from "../python";
import { type PyKmipServer, startPyKmipServer } from "./server";

const authority = makeAuthority();
const serverIdentity = issue(authority, { commonName: "key server", usage: "server" });
const clientIdentity = issue(authority, { commonName: "cluster", usage: "client" });
const ca = authority.certificate;

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "pykmip-"));
  await pythonInterpreter();
}, 300_000);

afterAll(() => rm(dir, { recursive: true }));

describe("PyKMIP's client on our server", () => {
  it("takes keys through their lives in every version from 1.0 to 1.4", async () => {
    const server = await startKmipServer({ ...serverIdentity, ca, stateDir: join(dir, "state") });
    const files = { ca: join(dir, "ca.pem"), cert: join(dir, "client.pem"), key: join(dir, "client.key") };
    await Promise.all([
      writeFile(files.ca, ca),
      writeFile(files.cert, clientIdentity.cert),
      writeFile(files.key, clientIdentity.key),
    ]);
    const script = join(__dirname, "drive_client.py");
    const connection = [server.host, `${server.port}`, files.ca, files.cert, files.key];
    const { stdout } = await promisify(execFile)(await pythonInterpreter(), ["-W", "ignore", script, ...connection]);
    const walks = JSON.parse(stdout);

    expect(Object.keys(walks)).toHaveLength(5);
    for (const walk of Object.values<Record<string, unknown>>(walks)) {
      expect(walk).toMatchObject({
        states: ["PRE_ACTIVE", "ACTIVE", "DEACTIVATED"],
        key: expect.stringMatching(/^[0-9a-f]{64}$/),
        algorithm: "AES",
        length: 256,
        attributeNames: expect.arrayContaining(["Name", "State", "Cryptographic Length"]),
        located: [walk.uid],
        destroyWhileActive: "PERMISSION_DENIED",
        getAfterDestroy: "ITEM_NOT_FOUND",
      });
    }
    expect(server.objects().map(({ state }) => state)).toEqual(Array(5).fill("Destroyed"));
    await server.close();
  });
});

describe("our client on PyKMIP's server", () => {
  let server: PyKmipServer;
  let client: KmipClient;

  beforeAll(async () => {
    server = await startPyKmipServer({ ...serverIdentity, ca, dir: join(dir, "pykmip") });
    client = await KmipClient.connect({ host: "127.0.0.1", port: server.port, ca, ...clientIdentity });
  });

  afterAll(async () => {
    await client.close();
    await server.stop();
  });

  it("agrees on the highest common version and hears what the server can do", async () => {
    expect(await client.discoverVersions()).toEqual(["1.4", "1.3", "1.2", "1.1", "1.0"]);
    const { operations, vendorIdentification } = await client.query();
    expect(operations).toEqual(expect.arrayContaining(["Create", "Get", "Activate", "Revoke", "Destroy", "Locate"]));
    expect(vendorIdentification).toMatch(/PyKMIP/);
  });

  it("takes a key through its life", async () => {
    const name = "x-SolidFire-KeyID-7b0d1c1e-0000-4000-8000-000000000001";
    const uid = await client.create({ algorithm: "AES", length: 256, names: [name] });
    expect(await client.locate({ name })).toEqual([uid]);
    await client.activate(uid);
    expect(await client.get(uid)).toHaveLength(32);
    expect(await client.getAttributes(uid)).toMatchObject({
      names: [name],
      state: "Active",
      algorithm: "AES",
      length: 256,
    });
    expect(await server.objects()).toMatchObject([{ uid, names: [name], state: "ACTIVE", owner: "cluster" }]);
    await client.revoke(uid);
    await client.destroy(uid);
    await expect(client.get(uid)).rejects.toMatchObject({ operation: "Get", resultReason: "ItemNotFound" });
    expect(await server.objects()).toEqual([]);
  });

  it("revokes for a compromise", async () => {
    const uid = await client.create({ algorithm: "AES", length: 256 });
    await client.activate(uid);
    await client.revoke(uid, "KeyCompromise");
    expect((await client.getAttributes(uid)).state).toBe("Compromised");
    await client.destroy(uid);
  });

  it("is told that custom attributes are not allowed there", async () => {
    const customAttributes = { "x-SolidFire-KeyID-7b0d1c1e-0000-4000-8000-000000000002": "" };
    const refusal = client.create({ algorithm: "AES", length: 256, customAttributes });
    await expect(refusal).rejects.toBeInstanceOf(KmipOperationError);
    await expect(refusal).rejects.toMatchObject({ operation: "Create", resultReason: "InvalidField" });
    expect(await server.objects()).toEqual([]);
  });

  it("is refused with a certificate of another authority", async () => {
    const stranger = issue(makeAuthority(), { commonName: "cluster", usage: "client" });
    const attempt = KmipClient.connect({ host: "127.0.0.1", port: server.port, ca, ...stranger }).then((it) =>
      it.query(),
    );
    await expect(attempt).rejects.toBeInstanceOf(KmipAuthenticationError);
  });
});
