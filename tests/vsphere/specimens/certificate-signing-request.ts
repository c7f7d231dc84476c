import fc from "fast-check";
import type { certificateSigningRequestResource } from "../../../provider/systems/vsphere/certificate-signing-request/resource";
import { optional } from "../../kit/generators";
import { PASSES } from "../../kit/specimen";
import { keyProvider, recordedIdentity, vcenter } from "../generators";
import type { VsphereSpecimenOf } from "../specimen";
import { CLUSTER, STANDARD, TRUSTED } from "../stage";
import { referenceRows } from "./client-certificate";

export const specimen: VsphereSpecimenOf<typeof certificateSigningRequestResource> = {
  generators: () => ({
    vcenter,
    keyProvider,
    subject: optional(
      fc.constantFrom({ commonName: "vcenter.example.com" }, { organization: "Example", country: "US" }),
    ),
    regenerate: optional(fc.constantFrom("January", "June")),
  }),
  recorded: ({ request, clientFingerprint }) => ({
    ...recordedIdentity,
    pem: request,
    publicKeyFingerprint: clientFingerprint,
    recordedPublicKeyFingerprint: clientFingerprint,
  }),
  passing: () => ({ vcenter: "default", keyProvider: "storage" }),
  rows: () => [
    ...referenceRows,
    ["a subject", { subject: { commonName: "vcenter.example.com" } }, PASSES],
    ["a country that is none", { subject: { country: "Germany" } }, "subject.country", "two letters"],
    ["a subject as text", { subject: "CN=vcenter" }, "subject", "must be an object"],
    [
      "a subject for a trusted provider",
      { keyProvider: "domain-c8/storage", subject: { commonName: "vcenter" } },
      "subject",
      "cannot be given",
    ],
    ["a moment as trigger", { regenerate: 6 }, "regenerate", "must be a string"],
  ],
  declared: { keyProvider: "storage" },
  onSystem: {
    existing: () => ({ keyProvider: STANDARD }),
    change: { regenerate: "June" },
    another: () => ({ keyProvider: STANDARD }),
    imported: {
      stage: "certified",
      id: STANDARD,
      declared: () => ({ keyProvider: STANDARD }),
    },
    only: false,
  },
  acts: [
    [
      "certified",
      async (resource, scene, { up }) => {
        await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
        await scene.somebody("decrypt", { machine: "db" });
        await up({ keyProvider: STANDARD });
        await up({ keyProvider: STANDARD, regenerate: "June" });
        await up({ keyProvider: `${CLUSTER}/${TRUSTED}` });
        await up({ keyProvider: `${CLUSTER}/${TRUSTED}`, regenerate: "July" });
        await resource.destroy();
      },
    ],
  ],
};
