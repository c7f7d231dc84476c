import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { FaultRule } from "../../../../simulator";
import type { Walker } from "../../walker";
import { expected, walk } from "../walk";

let folder: string;

/** The sums of go.sum are those of the modules, wherever they come from. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "go-client-"));
  const build = ["build", "-mod=readonly", "-buildvcs=false", "-o", join(folder, "client"), "."];
  await promisify(execFile)("go", build, { cwd: __dirname });
}, 300_000);

afterAll(() => rm(folder, { recursive: true }));

/** The folder of the machine's own authorities is left out: the client trusts the region alone. */
const client: Walker = (environment) =>
  spawn(join(folder, "client"), { env: { ...process.env, ...environment, SSL_CERT_DIR: folder } });

test("IBM's Go client walks a region from the token to the last deletion, refusals included", async () => {
  expect(await walk(client)).toEqual({
    ...expected,
    badApiKey: expect.stringContaining("BXNIM0415E Provided API key could not be found"),
    duplicateText: expect.stringMatching(
      /^kp\.Error: correlation_id='[0-9a-f-]{36}', .*reasons='\[KMIP_ADAPTER_DUPLICATE_NAME_ERR: /,
    ),
  });
});

test.each<[string, FaultRule, RegExp]>([
  ["an empty page for nothing", { method: "rotateKey", when: "after", action: { httpStatus: 200, body: "" } }, /JSON/],
  [
    "a state in words",
    { method: "createKey", skip: 1, action: { result: { "/resources/0/state": "1" } } },
    /Key.*state/,
  ],
  ["a page for an error", { method: "deleteKmipAdapter", action: { httpStatus: 404 } }, /adapterInUse|exit|ended/],
])("another side with %s makes it fail", async (_, fault, complaint) => {
  await expect(walk(client, [fault])).rejects.toThrow(complaint);
});
