import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SecretQuestion, Surroundings } from "../../cli/command";
import { importCommand } from "../../cli/import/command";
import { PASSWORD, type Scene } from "../element/stage";
import { useTheatre, writesOf } from "../element/table";
import { MovedClock } from "../kit/moved-clock";

const theatre = useTheatre();
let parent: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "ekm-import-unit-"));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const out = () => join(parent, "out");
const inOut = () => readdirSync(out(), { recursive: true, encoding: "utf8" }).sort();

const connectionOf = ({ cluster: { endpoint, username, fingerprint256 } }: Scene) => ({
  endpoint,
  username,
  fingerprint256,
  password: PASSWORD,
});
const clusters = (connections: Record<string, object>) => ({ EKM_CLUSTERS: JSON.stringify(connections) });
const flagsOf = ({ cluster: { endpoint, username, fingerprint256 } }: Scene) => [
  ...["--endpoint", endpoint],
  ...["--username", username],
  ...["--fingerprint256", fingerprint256],
];

/** Runs `ekm import` in this process; gives what it printed. */
async function ekmImport(argv: string[], surroundings: Partial<Surroundings> = {}): Promise<string> {
  let printed = "";
  await importCommand.run(argv, {
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

const PROJECT = [
  "Pulumi.yaml",
  "certificates",
  "certificates/by-hand-ca.pem",
  "certificates/by-hand-client.pem",
  "index.ts",
  "package.json",
  "tsconfig.json",
];

describe("a cluster with an external master key", () => {
  it("becomes a project, by a connection of the environment, without a write", async () => {
    const scene = await theatre.scene("external");
    const printed = await ekmImport(["--out", out()], { environment: clusters({ default: connectionOf(scene) }) });
    expect(inOut()).toEqual(PROJECT);
    expect(writesOf(scene, 0)).toEqual([]);
    const program = readFileSync(join(out(), "index.ts"), "utf8");
    expect(program).toContain('new element.KeyServer(\n  "by-hand",');
    expect(program).toContain(`port: ${scene.kmip.port},`);
    expect(program).not.toContain("cluster,");
    expect(readFileSync(join(out(), "Pulumi.yaml"), "utf8")).toMatch(/^name: "simulated"\n.*\nruntime: nodejs\n$/);
    expect(JSON.parse(readFileSync(join(out(), "package.json"), "utf8"))).toMatchObject({
      main: "index.ts",
      dependencies: { "@pulumi/pulumi": "^3.259.0", "pulumi-ekm": "^0.1.0" },
    });
    const { endpoint, username, fingerprint256 } = connectionOf(scene);
    expect(printed.split("\n").map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        `Cluster "simulated" (uniqueID ${scene.cluster.state().identity.uniqueID}) at ${endpoint}: written to ${out()}`,
        `pulumi config set --path ekm:clusters.default.endpoint ${endpoint}`,
        `pulumi config set --path ekm:clusters.default.username ${username}`,
        `pulumi config set --path ekm:clusters.default.fingerprint256 ${fingerprint256}`,
        "pulumi config set --path --secret ekm:clusters.default.password",
        "npm install PATH/pulumi-ekm-0.1.0.tgz",
        "pulumi up",
        "pulumi preview --refresh --expect-no-changes",
      ]),
    );
  });

  it("becomes a project by a connection that is given, under a name of its own", async () => {
    const scene = await theatre.scene("external");
    const asked: string[] = [];
    const askSecret = async ({ prompt }: SecretQuestion) => {
      asked.push(prompt);
      return PASSWORD;
    };
    const printed = await ekmImport(["--out", out(), "--cluster", "it's mine", ...flagsOf(scene)], { askSecret });
    expect(asked).toEqual(["Password of admin: "]);
    expect(readFileSync(join(out(), "index.ts"), "utf8")).toContain('const cluster = "it\'s mine";');
    expect(printed).toContain(`pulumi config set --path 'ekm:clusters["it'\\''s mine"].username' admin`);
  });

  it("is verified by an authority from a file, which goes on into the project", async () => {
    const scene = await theatre.scene("external");
    const ca = join(parent, "ca.pem");
    writeFileSync(ca, scene.cluster.certificate);
    const [endpoint, username] = [scene.cluster.endpoint, scene.cluster.username];
    const argv = ["--out", out(), "--endpoint", endpoint, "--username", username, "--ca", ca];
    const printed = await ekmImport(argv, { environment: { EKM_PASSWORD: PASSWORD } });
    expect(printed).toContain("ekm:clusters.default.caCertificate < certificates/cluster-tls.pem");
    expect(readFileSync(join(out(), "certificates", "cluster-tls.pem"), "utf8")).toBe(scene.cluster.certificate);
  });

  it("keeps an unverified connection as it is", async () => {
    const scene = await theatre.scene("external");
    const { fingerprint256, ...connection } = connectionOf(scene);
    const environment = clusters({ default: { ...connection, insecure: true } });
    const printed = await ekmImport(["--out", out()], { environment });
    expect(printed).toMatch(/^TLS verification is off for cluster "default"/);
    expect(printed).toContain("pulumi config set --path ekm:clusters.default.insecure true");
  });

  it("fills an empty folder, and none that has anything", async () => {
    const scene = await theatre.scene("external");
    const environment = clusters({ default: connectionOf(scene) });
    await ekmImport(["--out", parent], { environment });
    const before = scene.cluster.calls().length;
    await expect(ekmImport(["--out", parent], { environment })).rejects.toMatchObject({
      code: "EKM_OUTPUT_FOLDER",
      message: expect.stringContaining("it is not empty"),
    });
    await expect(ekmImport(["--out", join(parent, "index.ts")], { environment })).rejects.toMatchObject({
      code: "EKM_OUTPUT_FOLDER",
      message: expect.stringContaining("ENOTDIR"),
    });
    expect(scene.cluster.calls().length).toBe(before);
  });
});

test("a key server that is down is declared, and remarked upon", async () => {
  const scene = await theatre.scene("external");
  await scene.stopKeyServer();
  const printed = await ekmImport(["--out", out()], { environment: clusters({ default: connectionOf(scene) }) });
  expect(printed).toMatch(
    /- Key server 1 "by hand" fails the cluster's test \(xKmipConnectionFailure: .*\): take it out/,
  );
  await scene.startKeyServer();
});

test("a cluster that has nothing to adopt gets no program", async () => {
  const scene = await theatre.scene("bare");
  const printed = await ekmImport(["--out", out()], { environment: clusters({ default: connectionOf(scene) }) });
  expect(printed).toMatch(/^Cluster "simulated" .*: nothing to adopt\n/);
  expect(printed).toContain("The cluster has no key pair");
  expect(printed).not.toContain("pulumi");
  expect(readdirSync(parent)).toEqual([]);
});

test.each([
  ["before KMIP", { apiVersion: "11.5" }, undefined],
  ["before the master key's methods", { apiVersion: "12.2" }, "older than 12.3"],
])("a cluster whose API is of a version %s", async (_, switches, remark) => {
  const scene = await theatre.scene("attached");
  Object.assign(scene.cluster.switches, switches);
  const attempt = ekmImport(["--out", out()], { environment: clusters({ default: connectionOf(scene) }) });
  if (remark !== undefined) return expect(await attempt).toContain(remark);
  await expect(attempt).rejects.toMatchObject({
    code: "EKM_API_VERSION",
    message: expect.stringMatching(/needs Element API 11\.7, and this cluster serves 11\.5/),
  });
  expect(readdirSync(parent)).toEqual([]);
});

test("a cluster that cannot be read leaves no folder", async () => {
  const scene = await theatre.scene("external");
  const { password, ...unnamed } = connectionOf(scene);
  const closed = { endpoint: "https://127.0.0.1:1", username: "admin", password };
  for (const [connection, code] of [
    [closed, "EKM_CONNECTION_UNREACHABLE"],
    [{ ...unnamed, password: "wrong" }, "EKM_CONNECTION_LOGIN"],
    [{ ...unnamed, password, fingerprint256: "00".repeat(32) }, "EKM_CONNECTION_CERTIFICATE"],
    [{ ...closed, endpoint: "http://127.0.0.1" }, "EKM_CONNECTION_CONFIGURATION"],
  ] as const) {
    const attempt = ekmImport(["--out", out()], { environment: clusters({ default: connection }) });
    await expect(attempt).rejects.toMatchObject({ code });
  }
  await expect(ekmImport(["--out", out(), "--cluster", "east"])).rejects.toMatchObject({
    code: "EKM_CONNECTION_NOT_CONFIGURED",
    message: expect.stringContaining("Set EKM_CLUSTERS in the environment, or give --endpoint and --username."),
  });
  expect(readdirSync(parent)).toEqual([]);
});

test.each([
  ["an option that there is not", ["--verbose"], "--verbose"],
  ["an option without its value", ["--out"], "--out"],
  ["an argument without an option", ["production"], "production"],
  ["a connection without an endpoint", ["--username", "admin"], "--username is of use with --endpoint only"],
  ["a connection without a user", ["--endpoint", "https://10.0.0.5"], "--username is missing"],
  [
    "an authority that is not there",
    ["--endpoint", "https://a", "--username", "a", "--ca", "missing.pem"],
    "missing.pem",
  ],
])("refuses %s", async (_, argv, words) => {
  await expect(ekmImport(argv)).rejects.toMatchObject({ code: "USAGE", message: expect.stringContaining(words) });
});
