import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KmipStoreError } from "../../kmip";
import type { StoredObject } from "../../kmip/managed-object";
import { ObjectStore, withoutMaterial } from "../../kmip/store";

const key: StoredObject = {
  uid: "7b0d1c1e-0000-4000-8000-000000000001",
  objectType: "SymmetricKey",
  algorithm: "AES",
  length: 128,
  usageMask: 12,
  names: ["one"],
  customAttributes: { "x-purpose": "test" },
  state: "PreActive",
  dates: { initial: new Date("2030-01-01T00:00:00Z"), lastChange: new Date("2030-01-01T00:00:00.5Z") },
  material: Buffer.alloc(16, 7),
};

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "kmip-store-"));
});

afterEach(() => rmSync(directory, { recursive: true }));

it("reads back what was put", () => {
  new ObjectStore(directory).put(key);
  expect(new ObjectStore(directory).all()).toEqual([key]);
});

it("keeps the last of several versions, and leaves no other file", () => {
  const store = new ObjectStore(directory);
  store.put(key);
  store.put({ ...key, state: "Active" });
  expect(new ObjectStore(directory).find(key.uid)?.state).toBe("Active");
  expect(readdirSync(directory)).toEqual([`${key.uid}.json`]);
});

it("lets only its own user read keys", () => {
  new ObjectStore(directory).put(key);
  expect(statSync(join(directory, `${key.uid}.json`)).mode & 0o777).toBe(0o600);
});

it("ignores and removes what a killed writer left", () => {
  new ObjectStore(directory).put(key);
  const unfinished = join(directory, `${key.uid}.json.tmp`);
  writeFileSync(unfinished, '{"uid":');
  expect(new ObjectStore(directory).all()).toEqual([key]);
  expect(existsSync(unfinished)).toBe(false);
});

it("names the file that it cannot read rather than forgetting a key", () => {
  const file = join(directory, `${key.uid}.json`);
  writeFileSync(file, "{");
  expect(() => new ObjectStore(directory)).toThrow(KmipStoreError);
  expect(() => new ObjectStore(directory)).toThrow(file);
});

it("drops the material of a destroyed key from disk", () => {
  const store = new ObjectStore(directory);
  store.put(key);
  store.put({ ...withoutMaterial(key), state: "Destroyed" });
  expect(readFileSync(join(directory, `${key.uid}.json`), "utf8")).not.toContain(key.material?.toString("base64"));
  expect(new ObjectStore(directory).find(key.uid)?.material).toBeUndefined();
});
