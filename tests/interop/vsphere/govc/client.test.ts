import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { FaultRule } from "../../../../simulator";
import type { Walker } from "../../walker";
import { walk } from "../walk";

let folder: string;

/** The sums of go.sum are those of the modules, wherever they come from. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "govc-"));
  const build = ["build", "-mod=readonly", "-buildvcs=false", "-o", join(folder, "govc"), "."];
  await promisify(execFile)("go", build, { cwd: __dirname });
}, 300_000);

afterAll(() => rm(folder, { recursive: true }));

const client: Walker = (environment) => spawn(join(folder, "govc"), { env: { ...process.env, ...environment } });

test("govc and govmomi walk the standard road, from the login to the unregistered provider, refusals included", async () => {
  expect(await walk(client)).toEqual({
    wrongPassword: "ServerFaultCode: Cannot complete login due to an incorrect user name or password.",
    identity: true,
    addedAgain: "ServerFaultCode: Already registered",
    presented: [false, "O=pulumi-ekm tests,CN=key server"],
    untrusted: [[false, false]],
    lostRequest: "InvalidArgument",
    signed: [[true, true]],
    uploaded: [[true, true]],
    status: "green",
    listed: ["standard", "Standard", "green", "default"],
    default: "standard",
    keys: [
      [1, 0],
      [0, 1],
    ],
    machines: ["db"],
    mixed: [
      [true, true],
      [false, false],
    ],
    removedAgain: "Invalid cluster ID",
    loggedOut: "NotAuthenticated",
    keysLeft: ["Active", "Active"],
    workload: [false, false],
  });
});

test.each<[string, FaultRule, RegExp]>([
  [
    "a status of a type that nobody knows",
    { method: "WaitForUpdatesEx", action: { replaceText: { ArrayOfCryptoManagerKmip: "ArrayOfCryptoManager" } } },
    /invalid cluster ID/,
  ],
  [
    "a port in words",
    { method: "ListKmipServers", action: { replaceText: { "<port>": "<port>no" } } },
    /invalid syntax/,
  ],
  ["a page for a fault", { method: "UnregisterKmsCluster", action: { httpStatus: 500 } }, /500|EOF|expected/],
  [
    "no manager of keys",
    { method: "RetrieveServiceContent", action: { replaceText: { cryptoManager: "otherManager" } } },
    /not supported/,
  ],
])("another side with %s makes it fail", async (_, fault, complaint) => {
  await expect(walk(client, [fault])).rejects.toThrow(complaint);
});
