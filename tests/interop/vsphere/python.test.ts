import { spawn } from "node:child_process";
import { join } from "node:path";
import type { FaultRule } from "../../../simulator";
import { pythonInterpreter } from "../python";
import type { Walker } from "../walker";
import { walk } from "./walk";

let python: string;

beforeAll(async () => {
  python = await pythonInterpreter();
}, 300_000);

const driving =
  (script: string): Walker =>
  (environment) =>
    spawn(python, ["-B", "-W", "ignore", join(__dirname, script)], { env: { ...process.env, ...environment } });

test("VMware's own bindings walk the trusted road, from the session to the deleted provider, refusals included", async () => {
  expect(await walk(driving("drive_bindings.py"))).toEqual({
    wrongPassword: "Unauthenticated",
    user: true,
    clusters: [[true, "ENABLE"]],
    service: ["OK", []],
    services: [],
    unknownTask: "NotFound",
    created: null,
    createdAgain: "AlreadyExists",
    unknownCluster: "NotFound",
    credential: null,
    info: ["8", "vault", 5, "vc"],
    servers: [["kms", "127.0.0.1", true]],
    untrusted: [[false, false]],
    noCertificate: "NotFound",
    current: [["kms", false, []]],
    badTrust: "InvalidArgument",
    trusted: 1,
    selfSigned: [[true, false]],
    request: true,
    lostRequest: "InvalidArgument",
    signed: [[true, true]],
    listed: [["clkp", "OK"]],
    changed: ["9", "vault", "vc"],
    mixed: [
      [true, true],
      [false, false],
    ],
    deleted: "NotFound",
    loggedOut: "Unauthenticated",
    keysLeft: [],
    workload: [],
  });
});

test("pyVmomi walks the standard road, from the login to the unregistered provider, refusals included", async () => {
  expect(await walk(driving("drive_pyvmomi.py"))).toEqual({
    wrongPassword: ["vim.fault.InvalidLogin", expect.stringContaining("incorrect user name or password")],
    identity: true,
    version: ["8.0.3.0", "vim.version.v8_0_3_0"],
    enabled: [true, []],
    registeredAgain: ["vmodl.RuntimeFault", "Already registered"],
    unnamed: ["vmodl.fault.InvalidArgument", expect.stringContaining("server.info.name")],
    listed: [["standard & co", "vCenter", false]],
    servers: [["kms", "127.0.0.1", "vc"]],
    untrusted: [["kms", false, false]],
    presented: [false, true],
    unreachable: "vmodl.RuntimeFault",
    selfSigned: true,
    inUse: true,
    stranger: [["kms", true, false]],
    request: true,
    lostRequest: "vmodl.fault.InvalidArgument",
    signed: [["kms", true, true]],
    active: true,
    noDefault: null,
    default: "standard & co",
    keys: [2, true, ["db"]],
    hosts: [["esx-1.simulated.local"]],
    machines: [
      ["db", true],
      ["mail", false],
      ["web", false],
    ],
    made: [true, "standard & co"],
    removed: [true, false],
    mixed: [
      ["kms", true, true],
      ["down", false, false],
    ],
    unregistered: ["vmodl.RuntimeFault", "Invalid cluster ID"],
    left: [],
    loggedOut: "vim.fault.NotAuthenticated",
    // Nothing at a key server goes with a provider, and without it nobody can read what these keys wrap.
    keysLeft: ["Active", "Active", "Active"],
    workload: [false, false],
  });
});

/** Values of members that are left out. */
const nothing = undefined;

test.each<[string, "drive_bindings.py" | "drive_pyvmomi.py", FaultRule, RegExp]>([
  [
    "a task without progress",
    "drive_bindings.py",
    { method: "getTask", action: { result: { "/progress": nothing } } },
    /progress/,
  ],
  [
    "a provider without a description",
    "drive_bindings.py",
    {
      method: "getTask",
      where: { of: "getKmsProvider" },
      action: { result: { "/result/key_server/description": nothing } },
    },
    /description/,
  ],
  [
    "a provider in place of a task",
    "drive_bindings.py",
    {
      method: "getKmsProvider",
      action: { httpStatus: 200, body: "{}", headers: { "Content-Type": "application/json" } },
    },
    /convert_to_python/,
  ],
  [
    "the manager as the entity of a task",
    "drive_pyvmomi.py",
    {
      method: "Fetch",
      action: {
        replaceText: { "<descriptionId>": '<entity type="CryptoManagerKmip">CryptoManager</entity><descriptionId>' },
      },
    },
    /ManagedEntity/,
  ],
  [
    "a truth that is none",
    "drive_pyvmomi.py",
    { method: "ListKmipServers", action: { replaceText: { ">false</useAsDefault>": ">no</useAsDefault>" } } },
    /TypeError: no/,
  ],
  [
    "a page for a fault",
    "drive_pyvmomi.py",
    { method: "UnregisterKmsCluster", action: { httpStatus: 500 } },
    /non-exception object/,
  ],
])("another side with %s makes %s fail", async (_, script, fault, complaint) => {
  await expect(walk(driving(script), [fault])).rejects.toThrow(complaint);
});
