import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SecretQuestion, Surroundings } from "../../../cli/command";
import { importCommand } from "../../../cli/import/command";
import { settingsOf } from "../../keyprotect/harness";
import { API_KEY, type Scene } from "../../keyprotect/stage";
import { useTheatre } from "../../keyprotect/table";
import { MovedClock } from "../../kit/moved-clock";

const theatre = useTheatre();
let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "ekm-import-key-protect-"));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const out = () => join(parent, "out");
const inOut = () => readdirSync(out(), { recursive: true, encoding: "utf8" }).sort();
const fileIn = (name: string) => readFileSync(join(out(), name), "utf8");

const instances = (connections: Record<string, object>) => ({
  EKM_KEY_PROTECT_INSTANCES: JSON.stringify(connections),
});

/** Runs `ekm import` in this process; gives what it printed. */
async function ekmImport(argv: string[], surroundings: Partial<Surroundings> = {}): Promise<string> {
  let printed = "";
  await importCommand.run(["--system", "keyprotect", ...argv], {
    environment: {},
    clock: new MovedClock(),
    print: (text) => {
      printed += text;
    },
    askSecret: () => Promise.reject(new Error("nobody is to be asked")),
    ...surroundings,
  });
  expect(printed).not.toContain(API_KEY);
  return printed;
}

const writesOf = (scene: Scene) => scene.calls().filter((method) => !method.startsWith("get"));

describe("an instance with a client", () => {
  it("becomes a project, by a connection of the environment, without a write and without its API key", async () => {
    const scene = await theatre.scene("registered");
    const before = writesOf(scene).length;
    const settings = settingsOf(scene.region);
    const printed = await ekmImport(["--out", out()], { environment: instances({ default: settings }) });
    expect(inOut()).toEqual([
      ...["Pulumi.yaml", "certificates", "certificates/by-hand.pem", "certificates/iam-tls.pem"],
      ...["index.ts", "package.json", "tsconfig.json"],
    ]);
    expect(writesOf(scene)).toHaveLength(before);
    for (const name of inOut().filter((path) => path !== "certificates")) expect(fileIn(name)).not.toContain(API_KEY);
    expect(fileIn("index.ts")).toContain(`adopt: "${scene.adapter.id}"`);
    expect(fileIn("Pulumi.yaml")).toMatch(/^name: "key-protect"\n/);
    const key = "ekm:keyProtectInstances.default";
    expect(printed.split("\n").map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        `Instance "default" (GUID ${settings.instance}) at ${settings.endpoint}: written to ${out()}`,
        "Next, with the connection in the stack's configuration or in EKM_KEY_PROTECT_INSTANCES:",
        `pulumi config set --path ${key}.instance ${settings.instance}`,
        `pulumi config set --path ${key}.iamEndpoint ${settings.iamEndpoint}`,
        `pulumi config set --path ${key}.iamCaCertificate < certificates/iam-tls.pem`,
        `pulumi config set --path ${key}.kmipEndpoint ${settings.kmipEndpoint}`,
        `pulumi config set --path ${key}.fingerprint256 ${settings.fingerprint256}`,
        `pulumi config set --path --secret ${key}.apiKey`,
        "the instance. The preview after it exits with 0 as long as program and instance agree, and with 7 when they do not.",
      ]),
    );
  });

  it("becomes a project by a connection that is given, under a name of its own", async () => {
    const scene = await theatre.scene("registered");
    const { endpoint, instance, fingerprint256 = "", iamEndpoint, kmipEndpoint } = settingsOf(scene.region);
    const iamCa = join(parent, "iam.pem");
    writeFileSync(iamCa, scene.region.iamCertificate);
    const asked: SecretQuestion[] = [];
    const askSecret = async (question: SecretQuestion) => {
      asked.push(question);
      return API_KEY;
    };
    const argv = ["--out", out(), "--instance", "east", "--endpoint", endpoint, "--guid", instance];
    const more = ["--fingerprint256", fingerprint256, "--iam-endpoint", iamEndpoint, "--iam-ca", iamCa];
    const printed = await ekmImport([...argv, ...more, "--kmip-endpoint", kmipEndpoint], { askSecret });
    expect(asked).toEqual([{ prompt: `API key for instance ${instance}: `, noun: "API key", variable: "EKM_API_KEY" }]);
    expect(fileIn("index.ts")).toContain('const instance = "east";');
    expect(fileIn("Pulumi.yaml")).toMatch(/^name: "east"\n/);
    expect(printed).toContain("pulumi config set --path --secret ekm:keyProtectInstances.east.apiKey");
  });
});

test("an instance whose only root key is suspended has nothing to adopt, and says why", async () => {
  const scene = await theatre.scene("registered");
  await scene.somebody("suspendKey", { key: scene.key.id });
  const printed = await ekmImport(["--out", out()], { environment: instances({ default: settingsOf(scene.region) }) });
  expect(printed).toMatch(/^Instance "default" .*: nothing to adopt\n/);
  expect(printed).toContain("is suspended and cannot be taken over");
  expect(printed).toContain("is left out with its clients");
  expect(readdirSync(parent)).toEqual([]);
});

test("an adapter whose root key was deleted is told", async () => {
  const scene = await theatre.scene("registered");
  await scene.somebody("deleteKey", { key: scene.key.id });
  const printed = await ekmImport(["--out", out()], { environment: instances({ default: settingsOf(scene.region) }) });
  expect(printed).toMatch(/is destroyed and cannot be taken over|nothing declares root key/);
});

test("an instance that cannot be read leaves no folder", async () => {
  const scene = await theatre.scene("registered");
  const settings = settingsOf(scene.region);
  for (const [connection, code] of [
    [{ ...settings, apiKey: "wrong" }, "EKM_CONNECTION_LOGIN"],
    [{ ...settings, fingerprint256: "00".repeat(32) }, "EKM_CONNECTION_CERTIFICATE"],
    [{ ...settings, instance: "none" }, "EKM_CONNECTION_CONFIGURATION"],
  ] as const) {
    const attempt = ekmImport(["--out", out()], { environment: instances({ default: connection }) });
    await expect(attempt).rejects.toMatchObject({ code });
  }
  await expect(ekmImport(["--out", out(), "--instance", "east"])).rejects.toMatchObject({
    code: "EKM_CONNECTION_NOT_CONFIGURED",
    message: expect.stringContaining(
      "Set EKM_KEY_PROTECT_INSTANCES in the environment, or give --endpoint and --guid.",
    ),
  });
  expect(readdirSync(parent)).toEqual([]);
});

test.each([
  ["a system that there is not", ["--system", "vault"], "--system takes element, keyprotect or vcenter, not vault"],
  ["an inherited name for a system", ["--system", "constructor"], "--system takes element, keyprotect or vcenter"],
  ["an option of another system", ["--cluster", "east"], "--cluster"],
  ["a connection without an endpoint", ["--guid", "x"], "--guid is of use with --endpoint only"],
  ["a connection without an instance", ["--endpoint", "https://a"], "--guid is missing"],
])("refuses %s", async (_, argv, words) => {
  await expect(ekmImport(argv)).rejects.toMatchObject({ code: "USAGE", message: expect.stringContaining(words) });
});
