import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KmipClient } from "../../../kmip";
import { KmipUsageError, runKmip } from "../../../simulator/kmip/cli";
import { issue, makeAuthority } from "../../kit/certificates";

const authority = makeAuthority();
const ca = authority.certificate;

let dir: string;
let files: string[];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "kmip-cli-"));
  const { cert, key } = issue(authority, { commonName: "key server", usage: "server" });
  const contents = { cert, key, ca };
  for (const [name, content] of Object.entries(contents)) await writeFile(join(dir, name), content);
  files = Object.keys(contents).flatMap((name) => [`--${name}`, join(dir, name)]);
});

afterAll(() => rm(dir, { recursive: true }));

/** Runs the command until its first line is out, gives the address in it to `use`, then ends it as a shell would. */
async function whileRunning(argv: string[], use: (address: { host: string; port: number }) => Promise<void>) {
  let write: jest.SpyInstance | undefined;
  const line = new Promise<string>((resolve) => {
    write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
      resolve(String(text));
      return true;
    });
  });
  const running = runKmip(argv);
  try {
    const { listening } = JSON.parse(await Promise.race([line, running.then(() => "")]));
    const [host, port] = listening.split(":");
    await use({ host, port: Number(port) });
  } finally {
    write?.mockRestore();
    process.emit("SIGTERM");
  }
  await running;
}

it("says where it listens, serves, and ends on SIGTERM", async () => {
  const identity = issue(authority, { commonName: "cluster", usage: "client" });
  let address = { host: "", port: 0 };
  await whileRunning([...files, "--listen", "127.0.0.1:0", "--state", join(dir, "state")], async (listening) => {
    address = listening;
    const client = await KmipClient.connect({ ...address, ca, ...identity });
    await client.create({ algorithm: "AES", length: 256, customAttributes: { "x-purpose": "test" } });
    await client.close();
  });
  await expect(KmipClient.connect({ ...address, ca, ...identity })).rejects.toMatchObject({ code: "refused" });
});

it("refuses custom attributes on demand", async () => {
  const identity = issue(authority, { commonName: "cluster", usage: "client" });
  await whileRunning([...files, "--state", join(dir, "plain"), "--no-custom-attributes"], async (address) => {
    const client = await KmipClient.connect({ ...address, ca, ...identity });
    const refusal = client.create({ algorithm: "AES", length: 256, customAttributes: { "x-purpose": "test" } });
    await expect(refusal).rejects.toMatchObject({ resultReason: "InvalidField" });
    await client.close();
  });
});

it.each([
  ["full", ["Query", "GetAttributes", "GetAttributeList", "DiscoverVersions"], []],
  ["minimal", ["Query", "Get", "Locate"], ["GetAttributes", "GetAttributeList"]],
])("offers the operations of the set %s, and says so", async (operations, offered, missing) => {
  const identity = issue(authority, { commonName: "cluster", usage: "client" });
  await whileRunning([...files, "--state", join(dir, operations), "--operations", operations], async (address) => {
    const client = await KmipClient.connect({ ...address, ca, ...identity });
    const { operations: told } = await client.query();
    expect(told).toEqual(expect.arrayContaining(offered));
    for (const operation of missing) expect(told).not.toContain(operation);
    await client.close();
  });
});

it("refuses Query on demand, and offers the rest", async () => {
  const identity = issue(authority, { commonName: "cluster", usage: "client" });
  const argv = [...files, "--state", join(dir, "withoutQuery"), "--operations", "withoutQuery"];
  await whileRunning(argv, async (address) => {
    const client = await KmipClient.connect({ ...address, ca, ...identity });
    await expect(client.query()).rejects.toMatchObject({ resultReason: "OperationNotSupported" });
    expect(await client.discoverVersions()).toContain("1.4");
    const uid = await client.create({ algorithm: "AES", length: 256 });
    expect(await client.getAttributes(uid)).toMatchObject({ length: 256 });
    await client.close();
  });
});

it.each([
  ["a missing option", ["--state", "/state"], "are needed"],
  ["an unknown option", ["--verbose"], "--verbose"],
  ["a set of operations that there is not", ["--operations", "most"], "not one of full, minimal, withoutQuery"],
  ["an address without a port", ["--listen", "127.0.0.1"], "not HOST:PORT"],
  ["a port that does not exist", ["--listen", "127.0.0.1:70000"], "not HOST:PORT"],
])("explains %s", async (name, argv, explanation) => {
  const complete = name === "a missing option" ? argv : [...argv, ...files, "--state", "/state"];
  const attempt = runKmip(complete);
  await expect(attempt).rejects.toBeInstanceOf(KmipUsageError);
  await expect(attempt).rejects.toThrow(explanation);
});
