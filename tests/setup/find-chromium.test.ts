import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "../browser/find-chromium";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "chromium-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string): string {
  const file = join(folder, name);
  writeFileSync(file, "");
  chmodSync(file, 0o755);
  return file;
}

test("a Chromium is found on PATH, and another one where it is named", () => {
  expect(findChromium({ PATH: folder })).toBeUndefined();
  const installed = program("chromium");
  expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(installed);
  const named = program("another");
  expect(findChromium({ PATH: folder, CHROMIUM: named })).toBe(named);
});

test("what cannot be run is passed over", () => {
  chmodSync(program("chromium"), 0o644);
  expect(findChromium({ PATH: folder, CHROMIUM: join(folder, "missing") })).toBe(undefined);
});
