import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Observations } from "../../tools/quickstart/story";
import { ProcessWatch, type SeenProcess } from "../secrets/process-watch";

const CHECKOUT = join(__dirname, "..", "..");
const PROGRAM = join(CHECKOUT, "examples", "quickstart");

/** The quickstart as a user runs it, with a temporary folder of its own. */
interface Run {
  exitCode: number | null;
  seen: Required<Observations>;
  output: string;
}

let folder: string;
let temporary: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "quickstart-test-"));
  temporary = mkdtempSync(join(folder, "temporary-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("tells the whole story and leaves nothing behind", async () => {
  const before = filesOfCheckout();
  const { exitCode, seen, output } = await runQuickstart();
  expect(output).toContain("Done in");
  expect(exitCode).toBe(0);

  const internal = seen.before.encryption.masterKeyInfo;
  const external = seen.after.encryption.masterKeyInfo;
  expect(internal?.keyManagementType).toBe("internal");
  expect(seen.before).toMatchObject({ keyServers: [], keyProviders: [] });
  const [keyProvider] = seen.after.keyProviders;
  expect(external).toMatchObject({ keyManagementType: "external", keyProviderID: keyProvider?.keyProviderID });
  expect(external?.keyID).not.toBe(internal?.keyID);
  expect(keyProvider).toMatchObject({
    keyProviderIsActive: true,
    keyServerIDs: [seen.after.keyServers[0]?.keyServerID],
  });

  expect(seen.keyServer.objects).toEqual([
    expect.objectContaining({
      state: "Active",
      objectType: "SymmetricKey",
      algorithm: "AES",
      customAttributes: { [`x-SolidFire-KeyID-${external?.keyID}`]: external?.keyID },
    }),
  ]);

  expect(seen.drift).toEqual({ exitCode: 7 });
  expect(seen.restored.keyServers).toEqual(seen.after.keyServers);
  expect(seen.restored.encryption.masterKeyInfo).toEqual(external);

  const last = seen.destroyed.encryption.masterKeyInfo;
  expect(last?.keyManagementType).toBe("internal");
  expect([internal?.keyID, external?.keyID]).not.toContain(last?.keyID);
  expect(seen.destroyed).toMatchObject({ keyServers: [], keyProviders: [] });

  for (const shown of [internal?.keyID, external?.keyID, last?.keyID, seen.keyServer.objects[0]?.uniqueIdentifier]) {
    expect(output).toContain(shown);
  }
  for (const resource of ["KeyPair", "CertificateSigningRequest", "KeyServer", "KeyProvider", "KeyServerAttachment"]) {
    expect(output).toMatch(new RegExp(`\\+ +element.${resource} "storage.* created`));
  }
  expect(output).toMatch(/element.MasterKey "storage" .* rekeying \(\d+s\) \w+/);
  expect(output).toMatch(/element.KeyServer "storage-primary" .* updated .*\[diff: ~hostnames\]/);
  expect(output).not.toContain("pulumi-nodejs:dynamic");
  expect(output.match(/rekeyed in \d+ s: key provider 1 "[\w-]+" holds the master key/g)).toHaveLength(1);
  expect(output.match(/rekeyed in \d+ s: internal keys hold the master key/g)).toHaveLength(1);
  expect(output).toMatch(/^ *exit code 7$/m);
  expect(output).not.toContain("\x1b");

  expect(seen.seconds).toBeGreaterThan(0);
  expect(filesOfCheckout()).toEqual(before);
  expect(readdirSync(temporary)).toEqual([]);
  expect(processesOfRun()).toEqual([]);
}, 120_000);

it("cleans up when it is interrupted in the middle of a rekey, and gave nobody the secrets that it inherited", async () => {
  const watch = new ProcessWatch(temporary);
  const { exitCode, seen, output } = await runQuickstart((line, child) => {
    if (!line.includes("rekeying (1s)")) return;
    // Twice, as npm passes on what the terminal has sent to all.
    child.kill("SIGINT");
    child.kill("SIGINT");
  }, SECRETS);
  const processes = watch.stop();
  expect(output).toContain("interrupted by SIGINT");
  expect(exitCode).toBe(1);
  expect(Object.keys(seen)).toEqual(["before"]);
  expect(readdirSync(temporary)).toEqual([]);
  expect(processesOfRun()).toEqual([]);

  // A process that is about to become another one still looks like the one that starts it.
  const commands = (some: SeenProcess[]) => [...new Set(some.map(({ commandLine }) => commandLine))].join("\n");
  for (const command of ["simulator/main.js cluster", "simulator/main.js kmip", "pulumi --non-interactive"]) {
    expect(commands(processes)).toContain(command);
  }
  const holders = processes.filter(({ environment }) => environment.includes(CANARY));
  expect(commands(holders)).toMatch(/^[^\n]*quickstart\/main\.js [^\n]*$/);
}, 120_000);

const CANARY = "canary-93e0a7";
const SECRETS = { PULUMI_CONFIG_PASSPHRASE: CANARY, EKM_CLUSTERS: CANARY, AWS_SECRET_ACCESS_KEY: CANARY };

async function runQuickstart(
  onLine: (line: string, child: ChildProcess) => void = () => {},
  environment: NodeJS.ProcessEnv = {},
): Promise<Run> {
  const jsonFile = join(folder, "seen.json");
  const child = spawn(
    process.execPath,
    [join(CHECKOUT, "dist", "tools", "quickstart", "main.js"), "--json", jsonFile],
    { cwd: CHECKOUT, env: { ...process.env, ...environment, TMPDIR: temporary }, stdio: ["ignore", "pipe", "pipe"] },
  );
  const lines: string[] = [];
  const read = async (stream: Readable) => {
    for await (const line of createInterface({ input: stream })) {
      lines.push(line);
      onLine(line, child);
    }
  };
  await Promise.all([once(child, "close"), read(child.stdout), read(child.stderr)]);
  const { exitCode } = child;
  return { exitCode, output: lines.join("\n"), seen: JSON.parse(readFileSync(jsonFile, "utf8")) };
}

/** Names of all that the run could have left beside what is its own. */
const filesOfCheckout = () => [
  ...readdirSync(CHECKOUT),
  ...readdirSync(PROGRAM, { recursive: true, encoding: "utf8" }).filter((name) => !name.includes("node_modules")),
];

/** Every process that the run started inherited its temporary folder. */
const processesOfRun = () =>
  readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(temporary);
    } catch {
      return false;
    }
  });
