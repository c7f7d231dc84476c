import * as pulumi from "@pulumi/pulumi";
import { element, Provider } from "../../sdk";
import { PASSWORD, type Scene } from "../element/stage";
import { useTheatre } from "../element/table";
import { turn } from "../kit/moved-clock";
import { closeAll } from "../simulator/cleanup";
import { startSlowProxy } from "../simulator/element/slow-proxy";
import { declaredBy } from "./mocked-program";

const theatre = useTheatre();
afterEach(() => {
  delete process.env.EKM_CLUSTERS;
  return closeAll();
});

const connectionTo = ({ cluster: { endpoint, username, fingerprint256 } }: Scene) => ({
  endpoint,
  username,
  password: PASSWORD,
  fingerprint256,
});

/** What the program's environment says of a scene's cluster. */
function configured(scene: Scene): void {
  process.env.EKM_CLUSTERS = JSON.stringify({ default: connectionTo(scene) });
}

const uniqueIDOf = ({ cluster }: Scene) => ({ clusterUniqueID: cluster.state().identity.uniqueID });

const settled = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => void output.apply(resolve));

describe("looked up through the environment", () => {
  test("key servers, with their certificates in words and no PEM", async () => {
    const scene = await theatre.scene("external");
    configured(scene);
    const result = await element.getKeyServers();
    const described = (commonName: string) =>
      expect.objectContaining({
        subject: expect.stringContaining(`CN=${commonName}`),
        issuer: expect.stringContaining("CN=Test Authority"),
        serialNumber: expect.any(String),
        fingerprint256: expect.stringMatching(/^([0-9A-F]{2}:){31}/),
      });
    expect(result).toEqual({
      ...uniqueIDOf(scene),
      keyServers: [
        {
          keyServerID: 1,
          kmipKeyServerName: "by hand",
          kmipKeyServerHostnames: ["127.0.0.1"],
          kmipKeyServerPort: scene.kmip.port,
          keyProviderID: 1,
          kmipAssignedProviderIsActive: true,
          kmipCaCertificates: [described("Test Authority")],
          kmipClientCertificate: described("storage-1"),
        },
      ],
    });
    expect(JSON.stringify(result)).not.toContain("BEGIN");
  });

  test("a key server whose certificates cannot be read", async () => {
    const scene = await theatre.scene("attached");
    configured(scene);
    await scene.somebody("modifyKeyServer", {
      keyServerID: 1,
      changes: { kmipCaCertificate: "none", kmipClientCertificate: "-----BEGIN CERTIFICATE-----" },
    });
    const { keyServers } = await element.getKeyServers();
    expect(keyServers).toMatchObject([{ keyServerID: 1, kmipCaCertificates: [] }]);
    expect(keyServers[0]?.kmipClientCertificate).toBeUndefined();
  });

  test("key providers", async () => {
    const scene = await theatre.scene("external");
    configured(scene);
    expect(await element.getKeyProviders()).toEqual({
      ...uniqueIDOf(scene),
      keyProviders: [
        {
          keyProviderID: 1,
          keyProviderName: "by hand",
          keyProviderIsActive: true,
          keyServerIDs: [1],
          kmipCapabilities: "SSL",
        },
      ],
    });
  });

  test.each(["state", "status"] as const)("encryption, whose state the cluster calls %s", async (stateMember) => {
    const scene = await theatre.scene("external", { stateMember });
    configured(scene);
    const { keyID, keyCreatedTime } = scene.cluster.state().softwareEncryption.masterKey ?? {};
    expect(await element.getEncryptionInfo()).toEqual({
      ...uniqueIDOf(scene),
      softwareEncryptionAtRest: {
        state: "enabled",
        version: 1,
        masterKeyInfo: { keyManagementType: "external", keyProviderID: 1, keyID, keyCreatedTime },
        rekeyMasterKeyAsyncResultID: 1,
      },
      encryptionAtRest: { state: "disabled" },
    });
  });

  test.each([
    ["12.3", (scene: Scene) => scene.cluster.state().hardwareEncryption.key?.keyID],
    ["12.0", () => undefined],
  ])("hardware encryption, by API %s", async (apiVersion, keyID) => {
    const scene = await theatre.scene("encrypted", { apiVersion });
    configured(scene);
    expect(await element.getEncryptionInfo()).toMatchObject({
      softwareEncryptionAtRest: { state: "enabled" },
      encryptionAtRest: {
        state: "enabled",
        authenticationKeyInfo: { keyManagementType: "external", keyProviderID: 1, keyID: keyID(scene) },
      },
    });
  });

  test("faults, the current ones unless others are asked for", async () => {
    const scene = await theatre.scene("external", { faultCacheSeconds: 0 });
    configured(scene);
    await scene.stopKeyServer();
    const fault = { code: "kmipServerFault", type: "cluster", data: { keyServerID: 1, keyProviderID: 1 } };
    expect(await element.getClusterFaults()).toMatchObject({ ...uniqueIDOf(scene), faults: [fault] });
    await scene.startKeyServer();
    expect((await element.getClusterFaults()).faults).toEqual([]);
    expect((await element.getClusterFaults({ faultTypes: "resolved" })).faults).toMatchObject([fault]);
    expect(scene.cluster.calls("ListClusterFaults").at(-1)?.params).toEqual({
      faultTypes: "resolved",
      bestPractices: false,
    });
  });

  test("the cluster itself", async () => {
    const scene = await theatre.scene("bare");
    configured(scene);
    expect(await element.getClusterInfo()).toEqual({
      ...uniqueIDOf(scene),
      name: "simulated",
      uuid: scene.cluster.state().identity.uuid,
      mvip: expect.any(String),
      svip: expect.any(String),
      attributes: {},
      encryptionAtRestState: "disabled",
      softwareEncryptionAtRestState: "enabled",
      clusterAPIVersion: "12.3",
      clusterVersion: "12.3.0.958",
    });
  });
});

test("the connection may be given, and may be an output", async () => {
  const scene = await theatre.scene("bare");
  const connection = connectionTo(scene);
  expect(await element.getKeyServers({ connection })).toEqual({ ...uniqueIDOf(scene), keyServers: [] });
  const output = element.getKeyProvidersOutput({
    cluster: pulumi.output("east"),
    connection: { ...connection, password: pulumi.secret(connection.password) },
  });
  expect(await settled(output)).toEqual({ ...uniqueIDOf(scene), keyProviders: [] });
  // The password is a secret, the list is none.
  expect(await pulumi.isSecret(output)).toBe(false);
  for (const get of [element.getKeyServersOutput, element.getEncryptionInfoOutput, element.getClusterInfoOutput]) {
    expect(await settled(get({ connection }) as pulumi.Output<object>)).toMatchObject(uniqueIDOf(scene));
  }
  const faultTypes = pulumi.output("all" as const);
  expect(await settled(element.getClusterFaultsOutput({ connection, faultTypes }))).toMatchObject({ faults: [] });
});

/** A provider of another package's making. */
class Bare extends pulumi.ProviderResource {}

/** What a preview gives for a value that only an update brings about. */
function notKnownYet(): pulumi.Output<never> {
  const no = Promise.resolve(false);
  const Output = pulumi.Output as unknown as new (...parts: unknown[]) => pulumi.Output<never>;
  return new Output([], Promise.resolve(undefined), no, no, Promise.resolve([]));
}

describe("the option provider", () => {
  const inProgram = async (program: () => Promise<void>) => {
    let failed: unknown;
    await declaredBy(() => program().catch((error) => (failed = error)));
    if (failed !== undefined) throw failed;
  };

  test("looks through an instance's connections, as its resources do", async () => {
    const [scene, other] = [await theatre.scene("bare"), await theatre.scene("attached")];
    await inProgram(async () => {
      const password = pulumi.secret(PASSWORD);
      const provider = new Provider("east", { clusters: { default: { ...connectionTo(scene), password } } });
      const parent = new pulumi.ComponentResource("tests:Parent", "parent", {}, { provider });
      for (const opts of [{ provider }, { parent }]) {
        expect(await element.getKeyServers({}, opts)).toEqual({ ...uniqueIDOf(scene), keyServers: [] });
        const output = element.getKeyProvidersOutput({}, { ...opts, dependsOn: [parent] });
        expect(await settled(output)).toEqual({ ...uniqueIDOf(scene), keyProviders: [] });
        expect(await pulumi.isSecret(output)).toBe(false);
      }
      const connection = connectionTo(other);
      expect(await element.getClusterInfo({ connection }, { provider })).toMatchObject(uniqueIDOf(other));
    });
  });

  test("finds no connection of another name", async () => {
    const scene = await theatre.scene("bare");
    await inProgram(async () => {
      const provider = new Provider("east", { clusters: { east: connectionTo(scene) } });
      await expect(element.getEncryptionInfo({}, { provider })).rejects.toThrow(/^EKM_CONNECTION_NOT_CONFIGURED: /);
      await expect(element.getClusterFaults({ cluster: "east" }, { provider })).resolves.toMatchObject({ faults: [] });
    });
  });

  test("is refused for what is no instance of this package", async () => {
    await inProgram(async () => {
      const provider = new Bare("pulumi-nodejs", "bare");
      const refused = await element.getKeyServers({}, { provider }).catch((error) => error);
      expect(pulumi.RunError.isInstance(refused)).toBe(true);
      expect(refused.message).toContain("new ekm.Provider(");
    });
  });

  test("with connections that a preview does not know yet: the promise says so, and the output is not known", async () => {
    await inProgram(async () => {
      const provider = new Provider("east", { clusters: notKnownYet() });
      await expect(element.getKeyServers({}, { provider })).rejects.toThrow("use the look-up's variant");
      const output = element.getKeyServersOutput({}, { provider }) as unknown as { isKnown: Promise<boolean> };
      expect(await output.isKnown).toBe(false);
    });
  });
});

test("its connections are closed when it has looked, also in vain", async () => {
  const scene = await theatre.scene("bare");
  const proxy = await startSlowProxy({ port: Number(new URL(scene.cluster.endpoint).port) });
  const connection = { ...connectionTo(scene), endpoint: `https://127.0.0.1:${proxy.port}` };
  await element.getKeyServers({ connection });
  await expect(element.getKeyServers({ connection: { ...connection, password: "wrong" } })).rejects.toThrow();
  expect(proxy.connections).toBeGreaterThanOrEqual(2);
  while (proxy.isOpen) await turn();
});

test("a connection that is not verified is warned of", async () => {
  const scene = await theatre.scene("bare");
  const warn = jest.spyOn(pulumi.log, "warn").mockResolvedValue();
  const { fingerprint256: _, ...connection } = connectionTo(scene);
  await element.getKeyServers({ connection: { ...connection, insecure: true } });
  expect(warn.mock.calls).toEqual([[expect.stringContaining('TLS verification is off for cluster "default"')]]);
  warn.mockRestore();
});

test.each<[string, (scene: Scene) => Promise<unknown>, string, string]>([
  ["no connection", () => element.getKeyServers(), "EKM_CONNECTION_NOT_CONFIGURED", '"default"'],
  ["none in the program's own process", () => element.getKeyServers(), "EKM_CONNECTION_NOT_CONFIGURED", "process.env"],
  ["another name", () => element.getClusterInfo({ cluster: "east" }), "EKM_CONNECTION_NOT_CONFIGURED", '"east"'],
  [
    "a wrong user name",
    (scene) => element.getKeyProviders({ connection: { ...connectionTo(scene), username: "nobody" } }),
    "EKM_CONNECTION_LOGIN",
    "HTTP 401",
  ],
])("%s is an error that Pulumi shows without a stack", async (_what, look, code, words) => {
  const error: Error = await look(await theatre.scene("bare")).then(
    () => new Error("it was found"),
    (failure) => failure,
  );
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect(error.message).toMatch(new RegExp(`^${code}: `));
  expect(error.message).toContain(words);
  expect(error.message).not.toContain(PASSWORD);
});
