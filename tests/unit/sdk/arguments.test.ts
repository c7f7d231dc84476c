import * as pulumi from "@pulumi/pulumi";
import { element, pki } from "../../../sdk";
import { declaredBy } from "./mocked-program";

const AUTHORITY = { subject: { commonName: "Lab" } };
const KEY_SERVER = { hostnames: ["kms.example.com"], caCertificate: "PEM", clientCertificate: "PEM" };
const SIGNING = { certificateSigningRequest: "PEM", caCertificate: "PEM", caPrivateKey: "PEM" };

type Options = pulumi.CustomResourceOptions;

describe('the resource option "import" is refused before anything is registered, with what takes its place', () => {
  const component = (opts: Options) =>
    new element.ExternalKeyManagement("main", { keyServer: KEY_SERVER, signer: () => "PEM" }, opts as object);

  it.each<[string, string, (opts: Options) => unknown]>([
    ["element.KeyServer", 'adopt: "7"', (opts) => new element.KeyServer("main", KEY_SERVER, opts)],
    ["element.KeyProvider", 'adopt: "7"', (opts) => new element.KeyProvider("main", {}, opts)],
    ["element.KeyPair", 'adopt: "match"', (opts) => new element.KeyPair("main", {}, opts)],
    ["element.MasterKey", 'adopt: "match"', (opts) => new element.MasterKey("main", {}, opts)],
    ["element.HardwareEncryption", 'adopt: "match"', (opts) => new element.HardwareEncryption("main", {}, opts)],
    ["element.DriveRecovery", "leave it out", (opts) => new element.DriveRecovery("main", { drives: [1] }, opts)],
    ["pki.CertificateAuthority", "sign with", (opts) => new pki.CertificateAuthority("main", AUTHORITY, opts)],
    ["pki.SignedCertificate", "give the text", (opts) => new pki.SignedCertificate("main", SIGNING, opts)],
    ["element.ExternalKeyManagement", "the argument adopt", component],
    [
      "element.Fleet",
      "the argument adopt",
      (opts) => new element.Fleet("main", { clusters: [], declare: () => 1 }, opts as object),
    ],
  ])("%s: %s", async (type, instead, declare) => {
    let refused: unknown;
    const declared = await declaredBy(() => {
      try {
        declare({ import: "7" });
      } catch (error) {
        refused = error;
      }
    });
    expect(declared.map((resource) => resource.type)).toEqual(["pulumi:pulumi:Stack"]);
    // Pulumi shows it without a stack.
    expect(pulumi.RunError.isInstance(refused)).toBe(true);
    expect((refused as Error).message).toContain(`${type} "main": the resource option "import"`);
    expect((refused as Error).message).toContain(instead);
    expect((refused as Error).message).toContain("ekm import");
  });
});

describe("an argument that is null counts as left out", () => {
  // Programs in JavaScript, and values of JSON, have it.
  const nothing = null as never;

  it("in the component: its provider has the usual name, and its master key the usual holder", async () => {
    const args = { signer: () => "PEM", keyServer: { ...KEY_SERVER, port: nothing } };
    const declaredWith = async (more: object) =>
      (await declaredBy(() => new element.ExternalKeyManagement("main", { ...args, ...more }))).map(
        ({ type, name, inputs: { __resourceUrn, ...inputs } }) => ({
          type,
          name,
          cluster: inputs.cluster,
          urn: __resourceUrn,
        }),
      );
    const leftOut = await declaredWith({});
    expect(leftOut.map(({ name }) => name)).toContain("main-primary");
    const empty = { cluster: nothing, keyProvider: nothing, subject: nothing, regenerate: nothing };
    expect(await declaredWith({ ...empty, masterKey: nothing })).toEqual(leftOut);
    const masterKey = { keyManagementType: nothing, onDelete: nothing, maxAge: nothing };
    expect(await declaredWith({ ...empty, masterKey })).toEqual(leftOut);
  });

  it.each<[string, () => unknown]>([
    ["KeyPair", () => new element.KeyPair("main", { cluster: nothing })],
    ["KeyProvider", () => new element.KeyProvider("main", { cluster: nothing }, { customTimeouts: nothing })],
    ["KeyServer", () => new element.KeyServer("main", { ...KEY_SERVER, cluster: nothing })],
    ["MasterKey", () => new element.MasterKey("main", { cluster: nothing, keyProvider: nothing })],
    ["HardwareEncryption", () => new element.HardwareEncryption("main", { cluster: nothing })],
    ["DriveRecovery", () => new element.DriveRecovery("main", { drives: [1], cluster: nothing })],
  ])("in a %s, which is of the usual cluster", async (_type, declare) => {
    const [, resource] = await declaredBy(declare);
    expect(resource?.inputs.cluster).toBe("default");
  });
});
