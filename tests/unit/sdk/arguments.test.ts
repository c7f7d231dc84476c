import * as pulumi from "@pulumi/pulumi";
import { element, pki } from "../../../sdk";
import { declaredBy } from "./mocked-program";

const AUTHORITY = { subject: { commonName: "Lab" } };
const KEY_SERVER = { hostnames: ["kms.example.com"], caCertificate: "PEM", clientCertificate: "PEM" };
const SIGNING = { certificateSigningRequest: "PEM", caCertificate: "PEM", caPrivateKey: "PEM" };

type Options = pulumi.CustomResourceOptions;

/** What a declaration is refused with, before anything is registered, and in a form that Pulumi shows without a stack. */
async function refusalOf(declare: () => unknown): Promise<string> {
  let refused: unknown;
  const declared = await declaredBy(() => {
    try {
      declare();
    } catch (error) {
      refused = error;
    }
  });
  expect(declared.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
  expect(pulumi.RunError.isInstance(refused)).toBe(true);
  return (refused as Error).message;
}

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
    const refused = await refusalOf(() => declare({ import: "7" }));
    expect(refused).toContain(`${type} "main": the resource option "import"`);
    expect(refused).toContain(instead);
    expect(refused).toContain("ekm import");
  });
});

describe("the component", () => {
  const caCertificate = "PEM";
  const declared = async (more: Partial<element.ExternalKeyManagementArgs>) => {
    const resources = await declaredBy(() => {
      const signer = new pki.CertificateAuthority("lab", AUTHORITY);
      const keyServer = { hostnames: ["kms.example.com"], caCertificate };
      new element.ExternalKeyManagement("main", { keyServer, signer, ...more });
    });
    return (type: string) => resources.find((resource) => resource.type.endsWith(`:${type}`))?.inputs;
  };

  it("gives the cluster's objects the names that it is given", async () => {
    const keyServer = { hostnames: ["kms.example.com"], caCertificate, name: "kms-1" };
    const inputs = await declared({ keyServer, keyProviderName: pulumi.output("storage") });
    expect(inputs("KeyServer")).toMatchObject({ name: "kms-1" });
    expect(inputs("KeyProvider")).toMatchObject({ name: "storage" });
    const usual = await declared({});
    for (const type of ["KeyServer", "KeyProvider"]) expect(usual(type)).not.toHaveProperty("name");
  });

  it("tells its certificate how long it is valid and when it is renewed", async () => {
    const clientCertificate = { validityDays: 90, earlyRenewalDays: 10, renewalTriggers: { leak: "1" } };
    expect((await declared({ clientCertificate }))("SignedCertificate")).toMatchObject(clientCertificate);
  });

  it("refuses to tell it a certificate that somebody else signs", async () => {
    const args = { keyServer: KEY_SERVER, signer: () => "PEM", clientCertificate: { validityDays: 90 } };
    expect(await refusalOf(() => new element.ExternalKeyManagement("main", args))).toContain(
      'element.ExternalKeyManagement "main": clientCertificate is for a signer that is a pki.CertificateAuthority',
    );
  });
});

it("tells when a certificate is renewed by the window that the program says now", async () => {
  let renewalTimes: pulumi.Output<string>[] = [];
  const notAfter = "2027-03-31T00:00:00.000Z";
  await declaredBy(
    () => {
      renewalTimes = [{}, { earlyRenewalDays: 10 }].map(
        (more, index) => new pki.SignedCertificate(`main-${index}`, { ...SIGNING, ...more }).renewalTime,
      );
    },
    { notAfter },
  );
  const told = await new Promise((resolve) => void pulumi.all(renewalTimes).apply(resolve));
  expect(told).toEqual(["2027-03-01T00:00:00.000Z", "2027-03-21T00:00:00.000Z"]);
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
