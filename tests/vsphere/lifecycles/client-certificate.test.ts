import { publicKeyFingerprint } from "../../../provider/pki";
import { clientCertificate } from "../../../provider/systems/vsphere/client-certificate/client-certificate";
import { Resource, runOn } from "../harness";
import { CLUSTER, STANDARD, TRUSTED } from "../stage";
import { lifecycleTable, useTheatre } from "../table";

const ofStandard = { keyProvider: STANDARD };
const ofTrusted = { keyProvider: `${CLUSTER}/${TRUSTED}` };

lifecycleTable("ClientCertificate", clientCertificate, "trusting", [
  {
    name: "is made once, made anew when it is told to, and stays where it is deleted",
    steps: [
      {
        up: ofStandard,
        did: "created",
        writes: ["GenerateSelfSignedClientCert"],
        afterwards: ({ scene, resource }) =>
          expect(resource.state?.outputs).toMatchObject({ certificate: scene.standard()?.selfSignedCertificate }),
      },
      { up: ofStandard, did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: ofStandard, did: "unchanged" },
      { up: { ...ofStandard, regenerate: "June" }, did: "updated", writes: ["GenerateSelfSignedClientCert"] },
      { up: { ...ofStandard, regenerate: "June" }, did: "unchanged" },
      // A trigger that leaves the program asks for nothing.
      { up: ofStandard, did: "unchanged" },
      {
        destroy: true,
        did: "deleted",
        afterwards: ({ scene }) => expect(scene.standard()?.selfSignedCertificate).toBeDefined(),
      },
    ],
  },
  {
    name: "is found where the answer to its create was lost, and none is made twice",
    steps: [
      {
        given: ({ scene }) => scene.loseAnswer("GenerateSelfSignedClientCert"),
        up: ofStandard,
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: ["GenerateSelfSignedClientCert"],
      },
      { up: ofStandard, did: "created" },
    ],
  },
  {
    name: "is found where the answer to its renewal was lost",
    steps: [
      { up: ofStandard, did: "created", writes: ["GenerateSelfSignedClientCert"] },
      {
        given: ({ scene }) => scene.loseAnswer("GenerateSelfSignedClientCert"),
        up: { ...ofStandard, regenerate: "June" },
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: ["GenerateSelfSignedClientCert"],
      },
      { up: { ...ofStandard, regenerate: "June" }, did: "updated" },
      { up: { ...ofStandard, regenerate: "June" }, did: "unchanged" },
    ],
  },
  {
    name: "of a trusted provider is made anew only where that may cut it off",
    steps: [
      { up: ofTrusted, did: "created", writes: ["createKmsClientCertificate"] },
      {
        up: { ...ofTrusted, regenerate: "June" },
        refused: ["regenerate"],
        because: ["cuts a trusted provider off", "CertificateSigningRequest"],
      },
      {
        up: { ...ofTrusted, regenerate: "June", allowInterruption: true },
        did: "updated",
        writes: ["createKmsClientCertificate"],
        says: ["cannot reach the key servers from then until they have learnt it"],
      },
    ],
  },
  {
    name: "never takes the place of one that an authority has signed, and never is one",
    stage: "certified",
    steps: [{ up: ofTrusted, failed: ["EKM_INTERRUPTION", "would use it at once"] }],
  },
  {
    name: "is refused where somebody has made another one, and goes on where it is told to",
    steps: [
      { up: ofStandard, did: "created", writes: ["GenerateSelfSignedClientCert"] },
      {
        given: ({ scene }) => scene.somebody("generateClientCertificate", { provider: STANDARD }),
        refresh: true,
        did: "refreshed",
      },
      {
        up: ofStandard,
        failed: ["EKM_CLIENT_KEY_REPLACED", "change regenerate"],
        says: ["will be refused: somebody has made a new client certificate"],
      },
      { up: { ...ofStandard, regenerate: "June" }, did: "updated" },
      { up: { ...ofStandard, regenerate: "June" }, did: "unchanged" },
    ],
  },
  {
    name: "leaves no provider that machines use",
    stage: "certified",
    steps: [
      { up: ofStandard, did: "created", writes: ["GenerateSelfSignedClientCert"] },
      {
        given: ({ scene }) => scene.somebody("encrypt", { machine: "db", provider: STANDARD }),
        up: { ...ofTrusted, allowInterruption: true },
        refused: ["keyProvider"],
        because: ["EKM_KEY_PROVIDER_IN_USE", "new logical names"],
      },
    ],
  },
  {
    name: "is of a provider that is there",
    steps: [{ up: { keyProvider: "none" }, failed: ["EKM_OBJECT_NOT_FOUND", 'no key provider "none"'] }],
  },
]);

test("a client certificate of a provider that was made anew is another one", async () => {
  const scene = await theatre.scene("trusting");
  const run = runOn(scene);
  const resource = new Resource(clientCertificate, "vsphere:ClientCertificate", run);
  await resource.up({ keyProvider: `${STANDARD}#00000001` });
  const { outputs } = resource.state ?? {};
  expect(await resource.up({ keyProvider: `${STANDARD}#00000002` })).toMatchObject({ did: "replaced" });
  expect(resource.state?.id).toBe(`${STANDARD}#00000002`);
  expect(outputs?.publicKeyFingerprint).toBe(publicKeyFingerprint(outputs?.certificate ?? ""));
  await run.close();
});

const theatre = useTheatre();
