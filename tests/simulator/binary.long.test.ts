import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { closeAfterTest, closeAll, temporaryFolder } from "./cleanup";
import { call, completed, pollUntil, post } from "./element/api-caller";
import { soon, startCluster } from "./element/clusters";
import { connectKeyManager, startKeyManager } from "./element/key-managers";
import type { Target } from "./https-caller";

afterEach(closeAll);

const binary = join(__dirname, "../../dist/simulator/main.js");

async function run(...args: string[]): Promise<{ process: ChildProcess; first: Target & Record<string, string> }> {
  const child = spawn(process.execPath, [binary, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  closeAfterTest(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { process: child, first: JSON.parse(line) };
}

test("the first line says where the cluster is, and SIGTERM ends it", async () => {
  const { process: child, first } = await run("cluster", "--state", await temporaryFolder(), "--username", "root");
  expect(first).toEqual({
    endpoint: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/),
    fingerprint256: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    username: "root",
    password: expect.any(String),
  });
  expect((await call(first, "GetAPI")).currentVersion).toBe("12.3");
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
});

test.each([
  ["--listen", "nowhere"],
  ["--switch", "noSuchSwitch=1"],
  ["--rekey-seconds", "soon"],
])("%s %s is refused", async (...option) => {
  const child = spawn(process.execPath, [binary, "cluster", "--state", await temporaryFolder(), ...option]);
  let complaint = "";
  child.stderr.on("data", (bytes: Buffer) => {
    complaint += bytes;
  });
  expect(await once(child, "close")).toEqual([1, null]);
  expect(complaint).toMatch(/--listen|noSuchSwitch|--rekey-seconds/);
});

test.each<[string, string[], string[]]>([
  ["cluster", ["cluster", "--help"], ["--state DIR", "--rekey-seconds", "--switch NAME=JSON"]],
  ["kmip", ["kmip", "--help"], ["--cert FILE", "--listen HOST:PORT", "--no-custom-attributes"]],
  ["kmip, among other options", ["kmip", "--state", "keys", "-h"], ["--cert FILE"]],
  ["all commands", ["--help"], ["cluster", "kmip", "COMMAND --help"]],
])("help for %s goes to standard output and is a success", (_, args, named) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  for (const text of ["Usage: ekm-simulator", ...named]) expect(stdout).toContain(text);
});

test.each([[], ["clutser"], ["constructor"]])("without a command that there is, help is a complaint: %s", (...args) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], { encoding: "utf8" });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("Usage: ekm-simulator COMMAND");
});

test("killed in the middle of a rekey and started again, the cluster finishes it with the one key it made", async () => {
  const state = await temporaryFolder();
  const { process: child, first } = await run("cluster", "--state", state, "--rekey-seconds", "600");
  await call(first, "CreatePublicPrivateKeyPair");
  const manager = await startKeyManager();
  const { keyProviderID } = await connectKeyManager(first, manager);
  const external = { keyManagementType: "external", keyProviderID } as const;
  const { asyncHandle } = await call(first, "RekeySoftwareEncryptionAtRestMasterKey", external);
  await pollUntil(
    async () => manager.server.objects(),
    ([object]) => object?.state === "Active",
  );
  const identity = (await call(first, "GetClusterInfo")).clusterInfo;
  child.kill("SIGKILL");
  await once(child, "exit");

  const again = await run("cluster", "--state", state, "--rekey-seconds", "0.3", "--control", "127.0.0.1:0");
  expect(again.first).toMatchObject({ fingerprint256: first.fingerprint256, password: first.password });
  expect((await call(again.first, "GetClusterInfo")).clusterInfo).toEqual(identity);
  expect((await completed(again.first, asyncHandle)).result).toMatchObject({ newKey: external, state: "Ready" });
  expect(manager.server.objects()).toHaveLength(1);
  expect(await (await fetch(`${again.first.control}/unwrap`)).json()).toEqual({ unwraps: true });
});

describe("the control endpoint", () => {
  async function controlled() {
    const cluster = await startCluster({ control: true });
    const ask = async (method: string, path: string, body?: object) => {
      const answer = await fetch(`${cluster.controlEndpoint}${path}`, { method, body: body && JSON.stringify(body) });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    return { cluster, ask };
  }

  test("is not there unless it was asked for", async () => {
    expect((await startCluster()).controlEndpoint).toBeUndefined();
  });

  test("shows the state without secrets, the requests, and the switches", async () => {
    const { cluster, ask } = await controlled();
    await call(cluster, "CreatePublicPrivateKeyPair", { commonName: "c" });
    const { body: state } = await ask("GET", "/state");
    expect(state).toMatchObject({ keyPair: { subject: { commonName: "c" }, generation: 1 }, handshakes: 1 });
    expect(JSON.stringify(state)).not.toMatch(new RegExp(`${cluster.password}|PRIVATE KEY`));
    expect((await ask("GET", "/requests")).body).toMatchObject([
      { method: "CreatePublicPrivateKeyPair", outcome: "ok" },
    ]);
    expect((await ask("PUT", "/switches", { rekeySeconds: 7 })).body.rekeySeconds).toBe(7);
    expect(cluster.switches.rekeySeconds).toBe(7);
    expect(await ask("PUT", "/switches", { rekeyseconds: 7 })).toMatchObject({ status: 400 });
    expect(await ask("PUT", "/switches", { rekeySeconds: "7" })).toMatchObject({ status: 400 });
    expect(await ask("GET", "/nothing")).toMatchObject({ status: 404 });
  });

  test("adds, lists and clears fault rules", async () => {
    const { cluster, ask } = await controlled();
    await ask("POST", "/faults", { method: "GetAPI", count: 1, action: { nullBody: true } });
    expect((await post(cluster, '{"method":"GetAPI"}')).body).toBe("null");
    expect((await ask("GET", "/faults")).body).toMatchObject([{ method: "GetAPI", hits: 1 }]);
    expect((await ask("DELETE", "/faults")).body).toEqual([]);
    expect(cluster.faults.list()).toEqual([]);
    expect(await ask("POST", "/faults", {})).toMatchObject({ status: 400 });
    const halfSaid = [{ error: { name: "xNoMessage" } }, { httpStatus: "503" }, { dripMs: "1" }, { result: { id: 1 } }];
    for (const action of ["drop", {}, { nullbody: true }, { truncate: "yes" }, ...halfSaid]) {
      expect(await ask("POST", "/faults", { method: "*", action })).toMatchObject({ status: 400 });
    }
    expect(cluster.faults.list()).toEqual([]);
  });

  test("replaces the endpoint's certificate", async () => {
    const { cluster, ask } = await controlled();
    const before = cluster.fingerprint256;
    const { fingerprint256 } = (await ask("POST", "/certificate")).body;
    expect(fingerprint256).toBe(cluster.fingerprint256);
    expect(fingerprint256).not.toBe(before);
  });

  test("does what somebody else would do", async () => {
    const { cluster, ask } = await controlled();
    await call(cluster, "CreatePublicPrivateKeyPair");
    const manager = await startKeyManager();
    const { keyServerID, keyProviderID } = await connectKeyManager(cluster, manager);
    const mutate = (action: string, params: object = {}) => ask("POST", "/mutate", { action, ...params });

    await mutate("modifyKeyServer", { keyServerID, changes: { kmipKeyServerName: "by hand" } });
    expect(cluster.state().keyServers).toMatchObject([{ kmipKeyServerName: "by hand", keyServerID }]);

    await call(cluster, "EnableEncryptionAtRest", { keyProviderID });
    await mutate("enableHardwareEncryptionInternally");
    expect((await call(cluster, "GetEncryptionAtRestInfo")).authenticationKeyInfo).not.toHaveProperty("keyProviderID");

    await mutate("regenerateKeyPair", { commonName: "other" });
    expect(cluster.state().keyPair).toMatchObject({ generation: 2, subject: { commonName: "other" } });
    await mutate("rekeyInternal");
    await completed(cluster, cluster.state().lastIDs.asyncResult);
    expect(cluster.state().softwareEncryption.rekeys).toBe(1);

    await mutate("detachKeyServer", { keyServerID });
    expect(cluster.state().keyServers).toMatchObject([{ keyProviderID: null }]);
    await mutate("deleteKeyServer", { keyServerID });
    await mutate("deleteKeyProvider", { keyProviderID });
    expect(cluster.state()).toMatchObject({ keyServers: [], keyProviders: [] });
    expect(await mutate("explode")).toMatchObject({ status: 400 });
    expect(await mutate("deleteKeyServer", { keyServerID })).toMatchObject({ status: 400 });
  });

  test("starts the nodes without the key, and the guide's steps recover the drives", async () => {
    let now = soon();
    const cluster = await startCluster({ control: true, now: () => now });
    cluster.switches.faultCacheSeconds = 0;
    await call(cluster, "CreatePublicPrivateKeyPair");
    const stateDir = await temporaryFolder();
    const manager = await startKeyManager({ stateDir });
    const { keyProviderID } = await connectKeyManager(cluster, manager);
    await call(cluster, "EnableEncryptionAtRest", { keyProviderID });
    const codes = async () =>
      (await call(cluster, "ListClusterFaults", { faultTypes: "current" })).faults.map(({ code }) => code).sort();
    const drivesThatAre = async (status: string) =>
      (await call(cluster, "ListDrives")).drives.filter((drive) => drive.status === status);

    await manager.server.close();
    const body = JSON.stringify({ action: "bootWithoutKey" });
    await fetch(`${cluster.controlEndpoint}/mutate`, { method: "POST", body });
    expect(await codes()).toEqual(["driveFailed", "kmipServerFault", "sliceServiceUnhealthy"]);
    expect(await drivesThatAre("failed")).toHaveLength(4);

    await startKeyManager({ stateDir, port: manager.server.port });
    expect(await codes()).toEqual(["driveAvailable", "sliceServiceUnhealthy"]);
    const available = await drivesThatAre("available");
    const { asyncHandle } = await call(cluster, "AddDrives", { drives: available.map(({ driveID }) => ({ driveID })) });
    expect(await completed(cluster, asyncHandle)).toMatchObject({ resultType: "DriveAdd", status: "complete" });
    expect(await codes()).toEqual(["sliceServiceUnhealthy"]);
    now = new Date(now.getTime() + 181_000);
    expect(await codes()).toEqual([]);
    expect(await drivesThatAre("active")).toHaveLength(8);
  });
});
