import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { SUPPORTED_VERSIONS } from "../../kmip/versions";
import { projectRoot } from "../../tools/engine/paths";
import { issue, makeAuthority } from "../kit/certificates";

const KMIP = join(projectRoot, "kmip");
const page = readFileSync(join(KMIP, "README.md"), "utf8");

const blocksOf = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(([, text = ""]) => text);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kmip-page-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(projectRoot, join(folder, "node_modules", "pulumi-ekm"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test("the examples of the page are one program, which prints what the page shows", async () => {
  const authority = makeAuthority();
  const server = issue(authority, { commonName: "key server", usage: "server" });
  const client = issue(authority, { commonName: "client", usage: "client" });
  const files = {
    "ca.pem": authority.certificate,
    "kms.pem": server.cert,
    "kms.key": server.key,
    "client.pem": client.cert,
    "client.key": client.key,
    "page.mts": blocksOf("ts").join("\n"),
  };
  for (const [name, contents] of Object.entries(files)) writeFileSync(join(folder, name), contents);
  const { stdout } = await promisify(execFile)(process.execPath, ["page.mts"], { cwd: folder });
  expect(stdout).toBe(blocksOf("text").join(""));
});

test("the page names the versions that are spoken", () => {
  const versions = SUPPORTED_VERSIONS.map(({ major, minor }) => `${major}.${minor}`).reverse();
  expect(page).toContain(`KMIP ${versions.slice(0, -1).join(", ")} and ${versions.at(-1)}`);
});

test("the library needs Node alone", () => {
  const sources = readdirSync(KMIP, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  expect(sources.length).toBeGreaterThan(20);
  const foreign = sources.flatMap((file) =>
    [...readFileSync(join(KMIP, file), "utf8").matchAll(/(?:from|import|require\()\s*"([^"]+)"/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !target.startsWith("node:") && !join(KMIP, file, "..", target).startsWith(`${KMIP}/`))
      .map((target) => `${file}: ${target}`),
  );
  expect(foreign).toEqual([]);
});
