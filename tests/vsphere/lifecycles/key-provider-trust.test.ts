import { keyProviderTrust } from "../../../provider/systems/vsphere/key-provider-trust/key-provider-trust";
import { issue, publicKeyOf } from "../../kit/certificates";
import { Resource, runOn } from "../harness";
import { authority } from "../key-servers";
import { CLUSTER, type Scene, STANDARD, TRUSTED } from "../stage";
import { lifecycleTable, useTheatre } from "../table";

const ofStandard = { keyProvider: STANDARD };
const ofTrusted = { keyProvider: `${CLUSTER}/${TRUSTED}` };

const pair = issue(authority, { commonName: "vcenter", usage: "client" });
const another = issue(authority, { commonName: "vcenter", usage: "client" });

/** What vCenter has made itself, registered at the key servers. */
const generated = (scene: Scene): string => {
  const pem = scene.standard()?.selfSignedCertificate ?? "";
  scene.keyServers.register(pem);
  return pem;
};

/** What the authority signs of a request. */
const signed = (request = ""): string =>
  issue(authority, { commonName: "vcenter", usage: "client", publicKey: publicKeyOf(request) }).cert;

const inUse = (scene: Scene) => scene.standard()?.clientCertificate;

lifecycleTable("KeyProviderTrust", keyProviderTrust, "trusting", [
  {
    name: "has vCenter present a pair, and is healthy when the servers let it in",
    steps: [
      {
        up: { ...ofStandard, certificate: pair.cert, privateKey: pair.key },
        did: "created",
        outputs: { health: "healthy", healthy: true },
        writes: ["UploadClientCert"],
        afterwards: ({ resource }) => expect(JSON.stringify(resource.state?.outputs)).not.toContain("PRIVATE"),
      },
      { up: { ...ofStandard, certificate: pair.cert, privateKey: pair.key }, did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: { ...ofStandard, certificate: pair.cert, privateKey: pair.key }, did: "unchanged" },
      {
        up: { ...ofStandard, certificate: another.cert, privateKey: another.key },
        did: "updated",
        writes: ["UploadClientCert"],
        says: ["in the place of the one in use"],
      },
      { destroy: true, did: "deleted", afterwards: ({ scene }) => expect(inUse(scene)).toBeDefined() },
    ],
  },
  {
    name: "has a standard provider use the certificate that vCenter has made",
    steps: [
      {
        async given({ scene }) {
          await scene.somebody("uploadClientCertificate", {
            provider: STANDARD,
            certificate: pair.cert,
            privateKey: pair.key,
          });
          await scene.somebody("generateClientCertificate", { provider: STANDARD });
          await scene.somebody("uploadClientCertificate", {
            provider: STANDARD,
            certificate: pair.cert,
            privateKey: pair.key,
          });
        },
        up: (scene) => ({ ...ofStandard, certificate: generated(scene) }),
        did: "created",
        outputs: { healthy: true },
        writes: ["UpdateSelfSignedClientCert"],
      },
    ],
  },
  {
    name: "has either kind of provider use what was signed from its request",
    steps: [
      {
        async given({ scene }) {
          for (const provider of [STANDARD, TRUSTED]) await scene.somebody("makeSigningRequest", { provider });
        },
        up: (scene) => ({ ...ofStandard, certificate: signed(scene.standard()?.signingRequest) }),
        did: "created",
        outputs: { healthy: true },
        writes: ["UpdateKmsSignedCsrClientCert"],
      },
      {
        up: (scene) => ({ ...ofTrusted, certificate: signed(scene.trusted()?.signingRequest) }),
        did: "replaced",
        outputs: { healthy: true },
        writes: ["updateKmsClientCertificate"],
      },
    ],
  },
  {
    name: "refuses a certificate for a key that vCenter does not have",
    steps: [
      {
        given: ({ scene }) => scene.somebody("makeSigningRequest", { provider: STANDARD }),
        up: { ...ofStandard, certificate: pair.cert },
        failed: ["EKM_CLIENT_CERTIFICATE_MISMATCH", "the request that vCenter keeps is for"],
      },
    ],
  },
  {
    name: "waits until the key server knows the certificate, says whom it waits for, and goes on in the next run",
    steps: [
      {
        given: ({ scene }) => scene.somebody("generateClientCertificate", { provider: STANDARD }),
        up: (scene) => ({
          ...ofStandard,
          certificate: scene.standard()?.selfSignedCertificate,
          deadlines: { create: 60 },
        }),
        failed: ["EKM_KEY_PROVIDER_UNHEALTHY", '"kms" is', "it does not let vCenter in"],
        incomplete: true,
        outputs: { healthy: false },
        afterwards: ({ run }) =>
          expect(
            run.lines.filter(({ severity }) => severity === "progress").map(({ message }) => message),
          ).toContainEqual(expect.stringMatching(/healthy: "kms" is .*, \d+ s left/)),
      },
      {
        up: (scene) => ({ ...ofStandard, certificate: generated(scene) }),
        did: "updated",
        outputs: { healthy: true },
      },
      { up: (scene) => ({ ...ofStandard, certificate: generated(scene) }), did: "unchanged" },
    ],
  },
  {
    name: "does not wait where people register certificates by hand",
    steps: [
      {
        given: ({ scene }) => scene.somebody("generateClientCertificate", { provider: STANDARD }),
        up: (scene) => ({ ...ofStandard, certificate: scene.standard()?.selfSignedCertificate, waitFor: "none" }),
        did: "created",
      },
      { refresh: true, did: "refreshed" },
      {
        up: (scene) => ({ ...ofStandard, certificate: scene.standard()?.selfSignedCertificate, waitFor: "none" }),
        did: "unchanged",
      },
    ],
  },
  {
    name: "goes on after a lost answer, and uploads nothing twice",
    steps: [
      {
        given: ({ scene }) => scene.loseAnswer("UploadClientCert"),
        up: { ...ofStandard, certificate: pair.cert, privateKey: pair.key },
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: ["UploadClientCert"],
      },
      { up: { ...ofStandard, certificate: pair.cert, privateKey: pair.key }, did: "created" },
    ],
  },
  {
    name: "sees another certificate in use, and brings its own back",
    stage: "certified",
    steps: [
      {
        up: (scene) => ({ ...ofStandard, certificate: inUse(scene)?.pem }),
        did: "created",
      },
      {
        given: ({ scene }) =>
          scene.somebody("uploadClientCertificate", {
            provider: STANDARD,
            certificate: another.cert,
            privateKey: another.key,
          }),
        refresh: true,
        did: "refreshed",
        afterwards: ({ resource }) => expect(resource.state?.outputs.certificate).toBe(another.cert),
      },
      {
        up: { ...ofStandard, certificate: pair.cert, privateKey: pair.key },
        did: "updated",
        writes: ["UploadClientCert"],
      },
    ],
  },
  {
    name: "is not given up while its provider is used or the default, though nothing would be deleted",
    stage: "defaulted",
    steps: [
      { up: (scene) => ({ ...ofStandard, certificate: inUse(scene)?.pem }), did: "created" },
      {
        destroy: true,
        failed: ["EKM_KEY_PROVIDER_DEFAULT", "giving up the trust", "cut off has made it the default, run"],
      },
      {
        async given({ scene }) {
          await scene.somebody("changeDefault");
          await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
        },
        destroy: true,
        failed: ["EKM_KEY_PROVIDER_IN_USE", 'virtual machine "db"'],
      },
      { given: ({ scene }) => scene.somebody("decrypt", { machine: "db" }), destroy: true, did: "deleted" },
    ],
  },
  {
    name: "compares the public keys before anything is called",
    steps: [
      {
        up: { ...ofStandard, certificate: pair.cert, publicKeyFingerprint: "ab".repeat(32) },
        refused: ["certificate"],
        because: ["have the present request signed"],
      },
    ],
  },
]);

describe("trust in a key provider", () => {
  const theatre = useTheatre();

  test("goes over to the provider that was made anew, while machines use it", async () => {
    const scene = await theatre.scene("certified");
    const run = runOn(scene);
    const certificate = inUse(scene)?.pem;
    const resource = new Resource(keyProviderTrust, "vsphere:KeyProviderTrust", run);
    await resource.up({ keyProvider: `${STANDARD}#00000001`, certificate });
    await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
    run.next();
    expect(await resource.up({ keyProvider: `${STANDARD}#00000002`, certificate })).toMatchObject({ did: "replaced" });
    await run.close();
  });

  test("is waited for again where its servers are others", async () => {
    const scene = await theatre.scene("certified");
    const run = runOn(scene);
    const certificate = inUse(scene)?.pem;
    const resource = new Resource(keyProviderTrust, "vsphere:KeyProviderTrust", run);
    const wired = { providerServers: [scene.server(0)], providerPins: [scene.pin(0)] };
    await resource.up({ ...ofStandard, certificate, ...wired });
    expect(await resource.up({ ...ofStandard, certificate, ...wired })).toMatchObject({ did: "unchanged" });
    const others = { ...wired, providerServers: [scene.server(0), scene.server(1)] };
    expect(await resource.preview({ ...ofStandard, certificate, ...others })).toMatchObject({
      differing: ["healthy", "providerServers"],
    });
    await run.close();
  });

  test("is waited for again where a server that somebody had removed is registered anew", async () => {
    const scene = await theatre.scene("certified");
    const run = runOn(scene);
    const resource = new Resource(keyProviderTrust, "vsphere:KeyProviderTrust", run);
    const { name = "" } = scene.standard()?.servers[0] ?? {};
    const args = {
      ...{ ...ofStandard, certificate: inUse(scene)?.pem },
      ...{ providerServers: [scene.server(0), scene.server(1)], providerPins: [scene.pin(0), scene.pin(1)] },
    };
    const { hostname: host, port } = scene.server(1);
    await scene.somebody("addServer", { provider: STANDARD, server: "second", host, port });
    await scene.somebody("trustCertificate", { provider: STANDARD, certificate: scene.keyServers.at(1).certificate });
    await resource.up(args);
    await scene.somebody("removeServer", { provider: STANDARD, server: "second" });
    await resource.refresh();
    expect(resource.state?.outputs).toMatchObject({ serverHealth: [{ name }] });
    expect(await resource.preview(args)).toMatchObject({ differing: ["healthy"] });
    expect(run.lines.at(-1)?.message).toMatch(/will wait until vCenter finds every server .* healthy/);
    await run.close();
  });
});
