import { readCertificateRequest } from "../../../provider/pki";
import { certificateSigningRequest } from "../../../provider/systems/vsphere/certificate-signing-request/certificate-signing-request";
import type { ClientKeyInputs, ClientKeyOutputs } from "../../../provider/systems/vsphere/key-providers/client-key";
import { CLUSTER, STANDARD, TRUSTED } from "../stage";
import { lifecycleTable, type Row } from "../table";

const ofStandard = { keyProvider: STANDARD };
const ofTrusted = { keyProvider: `${CLUSTER}/${TRUSTED}` };
const OF_EITHER = [
  [ofStandard, "GenerateClientCsr"],
  [ofTrusted, "createKmsCsr"],
] as const;
const subject = { commonName: "vcenter.example.com", organization: "Example", country: "US" };

lifecycleTable("CertificateSigningRequest", certificateSigningRequest, "trusting", [
  {
    name: "is made once, with its subject, and made anew for another one or when it is told to",
    steps: [
      {
        up: { ...ofStandard, subject },
        did: "created",
        writes: ["GenerateClientCsr"],
        afterwards: ({ resource }) =>
          expect(readCertificateRequest(resource.state?.outputs.pem ?? "").subjectFields).toMatchObject(subject),
      },
      { up: { ...ofStandard, subject }, did: "unchanged" },
      { refresh: true, did: "refreshed" },
      { up: { ...ofStandard, subject }, did: "unchanged" },
      {
        up: { ...ofStandard, subject: { ...subject, organization: "Other" } },
        did: "updated",
        writes: ["GenerateClientCsr"],
        says: ["certificates that were not uploaded for the present one become useless"],
      },
      {
        up: { ...ofStandard, subject: { ...subject, organization: "Other" }, regenerate: "June" },
        did: "updated",
        writes: ["GenerateClientCsr"],
      },
      { destroy: true, did: "deleted" },
    ],
  },
  {
    name: "is found where answers were lost, and none is made twice",
    steps: [
      {
        given: ({ scene }) => scene.loseAnswer("GenerateClientCsr"),
        up: ofStandard,
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: ["GenerateClientCsr"],
      },
      { up: ofStandard, did: "created" },
      {
        given: ({ scene }) => scene.loseAnswer("GenerateClientCsr"),
        up: { ...ofStandard, regenerate: "June" },
        failed: ["EKM_CONNECTION_UNREACHABLE"],
        writes: ["GenerateClientCsr"],
      },
      { up: { ...ofStandard, regenerate: "June" }, did: "updated" },
    ],
  },
  ...OF_EITHER.map(
    ([args, request]): Row<ClientKeyInputs, ClientKeyOutputs> => ({
      name: `of ${args.keyProvider} goes on with the one that a run made which was cut off, and whose wish is given up`,
      steps: [
        { up: { ...args, regenerate: "May" }, did: "created", writes: [request] },
        {
          given: ({ scene }) => scene.loseAnswer(request),
          up: { ...args, regenerate: "June" },
          failed: ["EKM_CONNECTION_UNREACHABLE"],
          writes: [request],
        },
        { up: { ...args, regenerate: "May" }, did: "updated" },
        { up: { ...args, regenerate: "May" }, did: "unchanged" },
      ],
    }),
  ),
  {
    name: "of a trusted provider has the subject that vCenter gives it",
    steps: [
      { up: { ...ofTrusted, subject }, refused: ["subject"], because: ["cannot be given for a trusted provider"] },
      { up: ofTrusted, did: "created", writes: ["createKmsCsr"] },
      { up: ofTrusted, did: "unchanged" },
    ],
  },
  {
    name: "is refused where somebody has made a new one, whose predecessor's key is gone, and goes on where it is told to",
    steps: [
      { up: ofStandard, did: "created", writes: ["GenerateClientCsr"] },
      {
        given: ({ scene }) => scene.somebody("makeSigningRequest", { provider: STANDARD }),
        refresh: true,
        did: "refreshed",
      },
      {
        up: ofStandard,
        failed: ["EKM_CLIENT_KEY_REPLACED", "whose private key is gone", "Change regenerate"],
        says: ["will be refused: somebody has made a new certificate signing request"],
      },
      { up: { ...ofStandard, regenerate: "June" }, did: "updated" },
    ],
  },
]);
