import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasGo } from "../interop/key-protect/go-client/find-go";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "go-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ["takes the module", 0, true],
  ["is too old for it", 1, false],
])("a Go on PATH that %s", (_, status, isEnough) => {
  const go = join(folder, "go");
  writeFileSync(go, `#!/bin/sh\nexit ${status}\n`);
  chmodSync(go, 0o755);
  expect(hasGo({ PATH: folder })).toBe(isEnough);
});

test("no Go on PATH", () => {
  expect(hasGo({ PATH: folder })).toBe(false);
});
