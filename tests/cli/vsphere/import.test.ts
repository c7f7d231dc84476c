import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SecretQuestion, Surroundings } from "../../../cli/command";
import { importCommand } from "../../../cli/import/command";
import { CALLS } from "../../../provider/systems/vsphere/api/calls";
import { MovedClock } from "../../kit/moved-clock";
import { settingsOf } from "../../vsphere/harness";
import { PASSWORD, type Scene, STANDARD, TRUSTED } from "../../vsphere/stage";
import { useTheatre } from "../../vsphere/table";

const theatre = useTheatre();
let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "ekm-import-vcenter-"));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const out = () => join(parent, "out");
const inOut = () => readdirSync(out(), { recursive: true, encoding: "utf8" }).sort();
const fileIn = (name: string) => readFileSync(join(out(), name), "utf8");

const vcenters = (connections: Record<string, object>) => ({ EKM_VCENTERS: JSON.stringify(connections) });

/** Runs `ekm import` in this process; gives what it printed. */
async function ekmImport(argv: string[], surroundings: Partial<Surroundings> = {}): Promise<string> {
  let printed = "";
  await importCommand.run(["--system", "vcenter", ...argv], {
    environment: {},
    clock: new MovedClock(),
    print: (text) => {
      printed += text;
    },
    askSecret: () => Promise.reject(new Error("nobody is to be asked")),
    ...surroundings,
  });
  expect(printed).not.toContain(PASSWORD);
  return printed;
}

const writesOf = (scene: Scene) => scene.calls().filter((method) => CALLS[method]?.effect !== "read");

describe("a vCenter with key providers", () => {
  it("becomes a project, by a connection of the environment, without a write and without its password", async () => {
    const scene = await theatre.scene("defaulted");
    const before = writesOf(scene).length;
    const settings = settingsOf(scene.vcenter);
    const printed = await ekmImport(["--out", out()], { environment: vcenters({ default: settings }) });
    const certificates = [STANDARD, TRUSTED].map((name) => `certificates/${name}-client.pem`);
    expect(inOut()).toEqual(
      ["Pulumi.yaml", "certificates", ...certificates, "index.ts", "package.json", "tsconfig.json"].sort(),
    );
    expect(writesOf(scene)).toHaveLength(before);
    // Who uses a provider is no part of a program.
    expect(scene.calls()).not.toContain("ListKeys");
    for (const name of inOut().filter((path) => path !== "certificates")) expect(fileIn(name)).not.toContain(PASSWORD);
    expect(fileIn("index.ts")).toContain(`name: "${STANDARD}"`);
    expect(fileIn("index.ts")).toContain(`trustedServers: ["${scene.pin()}"]`);
    expect(fileIn("index.ts")).not.toContain("waitFor");
    expect(fileIn("Pulumi.yaml")).toMatch(/^name: "vcenter"\n/);
    const key = "ekm:vcenters.default";
    expect(printed.split("\n").map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        `vCenter "default" (instanceUuid ${scene.vcenter.instanceUuid}) at ${settings.endpoint}: written to ${out()}`,
        "Next, with the connection in the stack's configuration or in EKM_VCENTERS:",
        `pulumi config set --path ${key}.endpoint ${settings.endpoint}`,
        `pulumi config set --path ${key}.username ${settings.username}`,
        `pulumi config set --path ${key}.fingerprint256 ${settings.fingerprint256}`,
        `pulumi config set --path --secret ${key}.password`,
      ]),
    );
  });

  it("becomes a project by a connection that is given, under a name of its own", async () => {
    const scene = await theatre.scene("defaulted");
    const { endpoint, username } = settingsOf(scene.vcenter);
    const ca = join(parent, "vcenter.pem");
    writeFileSync(ca, scene.vcenter.certificate);
    const asked: SecretQuestion[] = [];
    const askSecret = async (question: SecretQuestion) => {
      asked.push(question);
      return PASSWORD;
    };
    const argv = ["--out", out(), "--vcenter", "east", "--endpoint", endpoint, "--username", username, "--ca", ca];
    const printed = await ekmImport(argv, { askSecret });
    expect(asked).toEqual([{ prompt: `Password of ${username}: `, noun: "password", variable: "EKM_PASSWORD" }]);
    expect(fileIn("index.ts")).toContain('const vcenter = "east";');
    expect(fileIn("Pulumi.yaml")).toMatch(/^name: "east"\n/);
    expect(printed).toContain(
      "pulumi config set --path ekm:vcenters.east.caCertificate < certificates/vcenter-tls.pem",
    );
  });

  it("becomes a project of the standard one alone, once it has lost Trust Authority", async () => {
    const scene = await theatre.scene("defaulted");
    await scene.somebody("upgrade", { apiVersion: "9.0.0.0" });
    await ekmImport(["--out", out()], { environment: vcenters({ default: settingsOf(scene.vcenter) }) });
    expect(fileIn("index.ts")).not.toContain("TrustedKeyProvider");
  });
});

test("a vCenter with a native provider alone has nothing to adopt, and says why", async () => {
  const scene = await theatre.scene("bare");
  await scene.somebody("addNativeProvider", { provider: "native" });
  const environment = vcenters({ default: settingsOf(scene.vcenter) });
  const printed = await ekmImport(["--out", out()], { environment });
  expect(printed).toMatch(/^vCenter "default" .*: nothing to adopt\n/);
  expect(printed).toContain('Key provider "native" is a native one');
  expect(readdirSync(parent)).toEqual([]);
});

test("a vCenter that cannot be read leaves no folder", async () => {
  const scene = await theatre.scene("bare");
  const settings = settingsOf(scene.vcenter);
  for (const [connection, code] of [
    [{ ...settings, password: "wrong" }, "EKM_CONNECTION_LOGIN"],
    [{ ...settings, fingerprint256: "00".repeat(32) }, "EKM_CONNECTION_CERTIFICATE"],
  ] as const) {
    const attempt = ekmImport(["--out", out()], { environment: vcenters({ default: connection }) });
    await expect(attempt).rejects.toMatchObject({ code });
  }
  await expect(ekmImport(["--out", out(), "--vcenter", "east"])).rejects.toMatchObject({
    code: "EKM_CONNECTION_NOT_CONFIGURED",
    message: expect.stringContaining("Set EKM_VCENTERS in the environment, or give --endpoint and --username."),
  });
  expect(readdirSync(parent)).toEqual([]);
});
