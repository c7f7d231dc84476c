import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTextFile } from "../../cli/text-file";

const folder = mkdtempSync(join(tmpdir(), "ekm-text-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT = '{"deployment": "Schlüssel 🔑"}\r\n';
const utf16 = (text: string) => Buffer.from(text, "utf16le");

test.each<[what: string, bytes: Buffer]>([
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${TEXT}`)],
  ["UTF-16, as Windows PowerShell writes it", utf16(`\ufeff${TEXT}`)],
  ["UTF-16 without a byte order mark", utf16(TEXT)],
  ["UTF-16, big endian", utf16(`\ufeff${TEXT}`).swap16()],
  ["UTF-16, big endian, without a byte order mark", utf16(TEXT).swap16()],
])("a file is read in %s", (_, bytes) => {
  const file = join(folder, "file");
  writeFileSync(file, bytes);
  expect(readTextFile(file)).toBe(TEXT);
});

test.each([[""], ["a"]])("a file of %j is read", (text) => {
  const file = join(folder, "file");
  writeFileSync(file, text);
  expect(readTextFile(file)).toBe(text);
});
