import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { KeyProtectSimulator } from "../../../simulator/keyprotect";
import { Caller } from "../../keyprotect/simulator/caller";
import { issue, makeAuthority } from "../../kit/certificates";
import { pythonInterpreter } from "../python";

const client = issue(makeAuthority(), { commonName: "cluster", usage: "client" });

let dir: string;
let region: KeyProtectSimulator;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "pykmip-keyprotect-"));
  region = await KeyProtectSimulator.start({ stateDir: join(dir, "region"), propagationSeconds: 0 });
  await writeFile(join(dir, "ca.pem"), region.certificate);
  await writeFile(join(dir, "client.pem"), client.cert);
  await writeFile(join(dir, "client.key"), client.key);
  await pythonInterpreter();
}, 300_000);

afterAll(async () => {
  await region.close();
  await rm(dir, { recursive: true });
});

/** What PyKMIP's client sees at the KMIP port of the region. */
async function walk(...versions: string[]): Promise<Record<string, Record<string, unknown>>> {
  const [host = "", port = ""] = region.kmipEndpoint.split(":");
  const files = ["ca.pem", "client.pem", "client.key"].map((file) => join(dir, file));
  const script = [join(__dirname, "drive_client.py"), host, port, ...files, ...versions];
  const { stdout } = await promisify(execFile)(await pythonInterpreter(), ["-W", "ignore", ...script]);
  return JSON.parse(stdout);
}

test("PyKMIP's client is let in by its registered certificate, and takes a key through its life in KMIP 1.4 alone", async () => {
  await expect(walk("1.4")).rejects.toThrow(/AUTHENTICATION_NOT_SUCCESSFUL|not registered/);
  const caller = new Caller(region);
  const adapter = await caller.adapter(await caller.rootKey());
  await caller.certificate(adapter, client.cert);
  const { "1.4": seen } = await walk("1.4");
  expect(seen).toMatchObject({
    states: ["PRE_ACTIVE", "ACTIVE", "DEACTIVATED"],
    key: expect.stringMatching(/^[0-9a-f]{64}$/),
    // It is none of the nine operations that IBM documents.
    attributeNames: "OPERATION_NOT_SUPPORTED",
    located: [seen?.uid],
    destroyWhileActive: "PERMISSION_DENIED",
    getAfterDestroy: "ITEM_NOT_FOUND",
  });
  expect(region.objects()).toMatchObject([{ id: seen?.uid, adapter, state: 5, opens: false }]);
  await expect(walk("1.3")).rejects.toThrow(/1\.3 is not spoken/);
});
