import { spawn } from "node:child_process";
import { join } from "node:path";
import type { FaultRule } from "../../../simulator";
import { pythonInterpreter } from "../python";
import type { Walker } from "../walker";
import { expected, walk } from "./walk";

let python: string;

beforeAll(async () => {
  python = await pythonInterpreter();
}, 300_000);

const driving =
  (script: "drive_keyprotect.py" | "drive_redstone.py"): Walker =>
  (environment) =>
    spawn(python, ["-B", "-W", "ignore", join(__dirname, script)], { env: { ...process.env, ...environment } });

const unknownKey = "Provided API key could not be found";
const duplicate = "KMIP adapter could not be created";

test("IBM's generated SDK walks a region from the token to the last deletion, refusals included", async () => {
  expect(await walk(driving("drive_keyprotect.py"))).toEqual({
    ...expected,
    badApiKey: expect.stringContaining(unknownKey),
    // It shows nobody the reason.
    duplicateText: "Error: Conflict, Status code: 409",
  });
});

test("redstone, which is written by hand, does so too", async () => {
  expect(await walk(driving("drive_redstone.py"))).toEqual({
    ...expected,
    badApiKey: expect.stringContaining(unknownKey),
    duplicateText: expect.stringContaining(duplicate),
  });
});

test.each<[string, "drive_keyprotect.py" | "drive_redstone.py", FaultRule, RegExp]>([
  [
    "tokens that are no JWT",
    "drive_keyprotect.py",
    { method: "createToken", skip: 1, action: { result: { "/access_token": "opaque" } } },
    /Not enough segments/,
  ],
  ["no resources", "drive_redstone.py", { method: "createKey", skip: 1, action: { result: { "": {} } } }, /NoneType/],
  [
    "a list that is an object",
    "drive_keyprotect.py",
    { method: "getKmipObjects", action: { result: { "/resources": {} } } },
    /AssertionError/,
  ],
  ["a page for an error", "drive_redstone.py", { method: "deleteKmipObject", action: { httpStatus: 409 } }, /JSON/],
])("another side with %s makes %s fail", async (_, script, fault, complaint) => {
  await expect(walk(driving(script), [fault])).rejects.toThrow(complaint);
});
