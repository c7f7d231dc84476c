import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reportCommand } from "../../../cli/report/command";
import type { Report } from "../../../cli/report/model";
import { PASSWORD, type Scene } from "../../element/stage";
import { useTheatre, writesOf } from "../../element/table";
import { MovedClock } from "../../kit/moved-clock";
import { encrypted, exportedState, secret } from "./recorded-state";

const theatre = useTheatre();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ekm-report-unit-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => join(folder, name);

const connectionOf = ({ cluster: { endpoint, username, fingerprint256 } }: Scene) => ({
  ...{ endpoint, username, fingerprint256, password: PASSWORD },
});
const clusters = (connections: Record<string, object>) => ({ EKM_CLUSTERS: JSON.stringify(connections) });

interface Run {
  environment?: NodeJS.ProcessEnv;
  clock?: MovedClock;
}

/** Runs `ekm report` in this process. */
async function ekmReport(argv: string[], { environment = {}, clock = new MovedClock() }: Run = {}) {
  let printed = "";
  const status = await reportCommand.run(["--json", file("report.json"), ...argv], {
    environment,
    clock,
    print: (text) => {
      printed += text;
    },
    askSecret: () => Promise.reject(new Error("nobody is to be asked")),
  });
  const json = readFileSync(file("report.json"), "utf8");
  for (const text of [printed, json]) expect(text).not.toContain(PASSWORD);
  return { status, printed, report: JSON.parse(json) as Report };
}

/** A state in which these resources were made by a provider instance of this configuration. */
function writeState(...recorded: Parameters<typeof exportedState>): string {
  writeFileSync(file("state.json"), exportedState(...recorded));
  return file("state.json");
}

test("every configured cluster is reported, without a write", async () => {
  const [one, other] = [await theatre.scene("external"), await theatre.scene("bare")];
  const environment = clusters({ one: connectionOf(one), other: connectionOf(other) });
  const { status, printed, report } = await ekmReport(["--html", file("report.html")], { environment });
  expect(status).toBe(0);
  expect(report.clusters.map(({ connection, facts }) => [connection, facts?.uniqueID])).toEqual([
    ["one", one.cluster.state().identity.uniqueID],
    ["other", other.cluster.state().identity.uniqueID],
  ]);
  expect([...writesOf(one, 0), ...writesOf(other, 0)]).toEqual([]);
  expect(readFileSync(file("report.html"), "utf8")).toMatch(/^<!DOCTYPE html>/);
  expect(printed).toContain(one.cluster.state().softwareEncryption.masterKey?.keyID);
  expect(printed).toContain(`Written: ${file("report.json")}, ${file("report.html")}\n`);
  expect(report.drift).toBeUndefined();
  expect(report.findings).toEqual([{ kind: "notice", text: expect.stringContaining("no state was given") }]);
});

test("the clusters that are named are reported, and one that is not known is not passed over", async () => {
  const [one, other] = [await theatre.scene("bare"), await theatre.scene("bare")];
  const environment = clusters({ one: connectionOf(one), other: connectionOf(other) });
  const { status, report } = await ekmReport(["--cluster", "other", "--cluster", "thrid"], { environment });
  expect(report.clusters.map(({ connection, failure }) => [connection, failure?.code])).toEqual([
    ["other", undefined],
    ["thrid", "EKM_CONNECTION_NOT_CONFIGURED"],
  ]);
  expect(status).toBe(1);
  expect(existsSync(file("report.html"))).toBe(false);
  expect(one.cluster.calls()).toEqual([]);
});

test("a connection that is given is the only one", async () => {
  const [scene, other] = [await theatre.scene("paired"), await theatre.scene("bare")];
  const { endpoint, username, fingerprint256 } = scene.cluster;
  const environment = { ...clusters({ other: connectionOf(other) }), EKM_PASSWORD: PASSWORD };
  const argv = ["--endpoint", endpoint, "--username", username, "--fingerprint256", fingerprint256];
  const { report } = await ekmReport(argv, { environment });
  expect(report.clusters).toMatchObject([{ connection: "default", endpoint, tlsVerification: "fingerprint256" }]);
  expect(other.cluster.calls()).toEqual([]);
});

test("a cluster that cannot be read leaves the others readable", async () => {
  const scene = await theatre.scene("bare");
  const closed = { ...connectionOf(scene), endpoint: "https://127.0.0.1:1" };
  const wrong = { ...connectionOf(scene), password: "wrong" };
  const broken = { ...connectionOf(scene), endpoint: "http://127.0.0.1" };
  const environment = clusters({ closed, wrong, broken, good: connectionOf(scene) });
  const { status, printed, report } = await ekmReport(["--fail-on", "faults"], { environment });
  expect(status).toBe(1);
  expect(report.clusters.map(({ failure, facts }) => failure?.code ?? facts?.name)).toEqual([
    "EKM_CONNECTION_UNREACHABLE",
    "EKM_CONNECTION_LOGIN",
    "EKM_CONNECTION_CONFIGURATION",
    "simulated",
  ]);
  expect(report.findings.filter(({ kind }) => kind === "unread").map(({ cluster }) => cluster)).toEqual([
    "closed",
    "wrong",
    "broken",
  ]);
  expect(printed).toContain("UNREAD [closed] The cluster could not be read: ");
});

describe("what is found decides how it ends, where that is asked for", () => {
  test("a key server that the cluster cannot use", async () => {
    const scene = await theatre.scene("external");
    await scene.stopKeyServer();
    const environment = clusters({ default: connectionOf(scene) });
    const ends = [];
    for (const failOn of [[], ["--fail-on", "certificates"], ["--fail-on", "certificates", "--fail-on", "faults"]]) {
      const { status, report } = await ekmReport(failOn, { environment });
      ends.push(status);
      expect(report.clusters[0]?.facts?.keyServers).toMatchObject([
        { usable: false, failure: expect.stringContaining("xKmipConnectionFailure") },
      ]);
    }
    expect(ends).toEqual([0, 0, 3]);
    await scene.startKeyServer();
  });

  test("a certificate that ends soon, by default or within the days that are named", async () => {
    const scene = await theatre.scene("external");
    const clock = new MovedClock();
    const environment = clusters({ default: connectionOf(scene) });
    const ends = async (...argv: string[]) => {
      const { status, report } = await ekmReport(argv, { environment, clock });
      const [certificate] = report.clusters[0]?.facts?.certificates ?? [];
      return [status, certificate?.status, report.findings.filter(({ text }) => text.includes("ends soon")).length > 0];
    };
    // Of 90 days, the last tenth are nine.
    clock.advance(80 * 86_400_000);
    expect(await ends("--fail-on", "certificates")).toEqual([0, "valid", false]);
    expect(await ends("--fail-on", "certificates", "--days", "9")).toEqual([0, "valid", false]);
    expect(await ends("--fail-on", "certificates", "--days", "10")).toEqual([3, "endsSoon", true]);
    expect(await ends("--fail-on", "faults", "--days", "10")).toEqual([0, "endsSoon", true]);
    clock.advance(1.5 * 86_400_000);
    expect(await ends("--fail-on", "certificates")).toEqual([3, "endsSoon", true]);
    expect(await ends("--fail-on", "certificates", "--days", "3")).toEqual([0, "valid", false]);
    expect(await ends()).toEqual([0, "endsSoon", true]);
  });

  test("a certificate that has ended", async () => {
    const scene = await theatre.scene("external");
    const clock = new MovedClock();
    const environment = clusters({ default: connectionOf(scene) });
    expect((await ekmReport(["--fail-on", "certificates"], { environment, clock })).status).toBe(0);
    clock.advance(91 * 86_400_000);
    const { status, report } = await ekmReport(["--fail-on", "certificates"], { environment, clock });
    expect(status).toBe(3);
    const certificates = report.clusters[0]?.facts?.certificates ?? [];
    expect(certificates.map(({ status, daysLeft }) => [status, daysLeft])).toEqual([
      ["ended", -1],
      ["ended", -1],
    ]);
  });
});

describe("with a state", () => {
  const provider = { token: "element:KeyProvider", name: "kms", id: "1" };

  async function inputsFor(scene: Scene) {
    const clusterUniqueID = scene.cluster.state().identity.uniqueID;
    const inputs = { cluster: "east", name: "by hand", __resourceUrn: "unused" };
    return { inputs, outputs: { clusterUniqueID, keyProviderID: 1, stateVersion: 1, tlsVerification: "systemRoots" } };
  }

  test("the connection of the resource's own provider instance is used, and nothing is made of how it is verified", async () => {
    const scene = await theatre.scene("external");
    const state = writeState({ clusters: secret({ east: connectionOf(scene) }) }, [
      { ...provider, ...(await inputsFor(scene)) },
    ]);
    const { status, report } = await ekmReport(["--state", state, "--fail-on", "drift"]);
    expect(status).toBe(0);
    expect(report.clusters).toMatchObject([{ connection: "east", facts: { name: "simulated" } }]);
    expect(report.drift).toMatchObject({
      ...{ project: "storage", stack: "production", recorded: "2026-11-24T00:07:41.975Z" },
      resources: [{ type: "element:KeyProvider", name: "kms", id: "1", cluster: "east", verdict: "same" }],
    });
  });

  /** Neither on the terminal, nor as data, nor on the page. */
  const expectNoAllClear = (printed: string, report: Report) => {
    const page = readFileSync(file("report.html"), "utf8");
    for (const text of [printed, page]) {
      expect(text).not.toMatch(/nothing was changed|Everything was read/);
      expect(text).toContain("whether they were changed is not known");
    }
    expect(page).toContain("not whole");
    expect(report.findings.some(({ kind }) => kind === "unread")).toBe(true);
  };

  test("an export without secrets gives no all-clear, and is told as what it is", async () => {
    const scene = await theatre.scene("external");
    const { inputs, outputs } = await inputsFor(scene);
    const server = { token: "element:KeyServer", name: "kms", id: "1" };
    const sealed = { ...server, inputs: { ...inputs, clientCertificate: encrypted }, outputs };
    const { password, ...open } = connectionOf(scene);
    for (const config of [
      { clusters: encrypted },
      { clusters: { east: { ...open, password: encrypted } } },
      { "ekm:clusters": encrypted },
    ]) {
      const state = writeState(config, [{ ...provider, inputs, outputs }, sealed]);
      const argv = ["--state", state, "--html", file("report.html"), "--fail-on", "drift"];
      const { status, printed, report } = await ekmReport(argv);
      expect(status).toBe(1);
      expect(report.clusters.map(({ connection, failure }) => [connection, failure?.code])).toEqual([
        ["east", "EKM_STATE"],
      ]);
      expect(report.drift?.resources).toMatchObject([
        {
          verdict: "unread",
          failure: { code: "EKM_STATE", message: expect.stringContaining("the state has it encrypted") },
        },
        {
          verdict: "unread",
          failure: { code: "EKM_STATE", message: expect.stringContaining("clientCertificate are enc") },
        },
      ]);
      for (const { text } of report.findings) expect(text).toContain("pulumi stack export --show-secrets");
      expect(printed).toContain("0 of 2 resources compared, 2 not: whether they were changed is not known");
      expectNoAllClear(printed, report);
      expect(scene.cluster.calls()).toEqual([]);
    }

    // With the connection from elsewhere, what has no secrets is compared.
    const environment = clusters({ east: { ...open, password } });
    const state = writeState({ "ekm:clusters": encrypted }, [{ ...provider, inputs, outputs }, sealed]);
    const { status, printed, report } = await ekmReport(["--state", state, "--html", file("report.html")], {
      environment,
    });
    expect(status).toBe(1);
    expect(report.drift?.resources.map(({ verdict }) => verdict)).toEqual(["same", "unread"]);
    expect(printed).toContain("1 of 2 resources compared, 1 not: whether they were changed is not known");
    expectNoAllClear(printed, report);
  });

  test("what a newer release has recorded is not compared, and not passed over", async () => {
    const scene = await theatre.scene("external");
    const { inputs, outputs } = await inputsFor(scene);
    const state = writeState({ clusters: secret({ east: connectionOf(scene) }) }, [
      { ...provider, inputs, outputs },
      { token: "element:Vault", name: "vault", id: "1", inputs },
      { ...provider, name: "later", inputs, outputs: { ...outputs, stateVersion: 2 } },
    ]);
    const { status, printed, report } = await ekmReport(["--state", state, "--html", file("report.html")]);
    expect(status).toBe(1);
    expect(report.drift?.resources.map(({ verdict, failure }) => [verdict, failure?.code])).toEqual([
      ["same", undefined],
      ["unread", "EKM_NEWER_STATE"],
      ["unread", "EKM_NEWER_STATE"],
    ]);
    expectNoAllClear(printed, report);
  });

  test("a state without resources of this package is no evidence", async () => {
    const scene = await theatre.scene("bare");
    const environment = clusters({ default: connectionOf(scene) });
    const argv = ["--state", writeState({}, []), "--html", file("report.html")];
    const { printed, report } = await ekmReport(argv, { environment });
    expect(printed).toContain('Stack "production" of project "storage": nothing to compare\n');
    expect(report.drift?.resources).toEqual([]);
    expect(readFileSync(file("report.html"), "utf8")).not.toContain("Everything was read");
  });

  test("resources of clusters that are not asked for are left out", async () => {
    const scene = await theatre.scene("external");
    const state = writeState({}, [{ ...provider, ...(await inputsFor(scene)) }]);
    const environment = clusters({ east: connectionOf(scene), west: connectionOf(scene) });
    const { report } = await ekmReport(["--state", state, "--cluster", "west"], { environment });
    expect(report.drift).toMatchObject({ resources: [], leftOut: 1 });
    expect(report.findings.map(({ text }) => text)).toContain("1 resource of other systems was not compared.");
    const { report: all } = await ekmReport(["--state", state], { environment });
    expect(all.drift?.resources).toHaveLength(1);
  });

  test("another cluster at the address is no drift", async () => {
    const scene = await theatre.scene("external");
    const { inputs, outputs } = await inputsFor(scene);
    const state = writeState({}, [{ ...provider, inputs, outputs: { ...outputs, clusterUniqueID: "other" } }]);
    const { status, report } = await ekmReport(["--state", state], {
      environment: clusters({ east: connectionOf(scene) }),
    });
    expect(status).toBe(1);
    expect(report.drift?.resources).toMatchObject([
      { verdict: "unread", failure: { code: "EKM_CONNECTION_IDENTITY" } },
    ]);
  });

  test("what is due by time alone is told apart from drift", async () => {
    const scene = await theatre.scene("external");
    const { keyID, keyCreatedTime } = scene.cluster.state().softwareEncryption.masterKey ?? {};
    const inputs = { cluster: "east", keyProvider: "1", maxAge: "90d", onDelete: "keep" };
    const outputs = {
      ...{ clusterUniqueID: scene.cluster.state().identity.uniqueID, complete: true, keyID, keyCreatedTime },
      ...{ keyManagementType: "external", keyProviderID: 1 },
      ...{ recordedKeyID: keyID, recordedKeyProviderID: 1, recordedTime: keyCreatedTime },
    };
    const state = writeState({}, [
      { token: "element:MasterKey", name: "key", id: outputs.clusterUniqueID, inputs, outputs },
    ]);
    const environment = clusters({ east: connectionOf(scene) });
    const clock = new MovedClock();
    const verdicts = [];
    for (const days of [0, 91]) {
      clock.advance(days * 86_400_000);
      const { status, report } = await ekmReport(["--state", state, "--fail-on", "drift"], { environment, clock });
      expect(status).toBe(0);
      verdicts.push(...(report.drift?.resources ?? []).map(({ verdict, plan }) => [verdict, ...plan]));
    }
    expect(verdicts).toEqual([["same"], ["due", expect.stringContaining("the key in force is older than 90d")]]);
  });

  test.each([
    ["no JSON", `{"password": "${PASSWORD}"`, "it is no JSON"],
    ["no stack", "{}", "it has no deployment"],
    ["a broken list", '{"deployment": {"resources": [{}]}}', "its resources are no list of resources"],
  ])("a file with %s is refused, without quoting it", async (_, content, reason) => {
    writeFileSync(file("state.json"), content);
    const attempt = ekmReport(["--state", file("state.json")]);
    await expect(attempt).rejects.toMatchObject({ code: "EKM_STATE", message: expect.stringContaining(reason) });
    await expect(attempt).rejects.not.toMatchObject({ message: expect.stringContaining(PASSWORD) });
  });

  test("a file that is not there is named", async () => {
    await expect(ekmReport(["--state", file("missing.json")])).rejects.toMatchObject({
      code: "EKM_STATE",
      message: expect.stringMatching(
        /^reading the state in .*missing\.json: ENOENT.*pulumi stack export --show-secrets/,
      ),
    });
  });
});

test("a report that cannot be written says so", async () => {
  const scene = await theatre.scene("bare");
  const environment = clusters({ default: connectionOf(scene) });
  await expect(ekmReport(["--html", join(folder, "missing", "report.html")], { environment })).rejects.toMatchObject({
    code: "EKM_REPORT_FILE",
    message: expect.stringContaining("ENOENT"),
  });
});

test.each([
  ["an option that there is not", ["--verbose"], "--verbose"],
  [
    "something that nobody can fail on",
    ["--fail-on", "weather"],
    "--fail-on takes drift, faults, certificates, not weather",
  ],
  ["days in words", ["--days", "ten"], "--days takes a whole number of days, not ten"],
  ["days that are none", ["--days=-1"], "--days takes a whole number of days, not -1"],
  ["drift without a state", ["--fail-on", "drift"], "--fail-on drift needs --state"],
  [
    "an endpoint for two clusters",
    ["--endpoint", "https://a", "--cluster", "a", "--cluster", "b"],
    "--endpoint is of one cluster",
  ],
  ["a user without an endpoint", ["--username", "admin"], "--username is of use with --endpoint only"],
])("refuses %s", async (_, argv, words) => {
  await expect(ekmReport(argv)).rejects.toMatchObject({ code: "USAGE", message: expect.stringContaining(words) });
});
