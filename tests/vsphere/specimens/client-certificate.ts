import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { clientCertificateResource } from "../../../provider/systems/vsphere/client-certificate/resource";
import { optional } from "../../kit/generators";
import { PASSES, type Row } from "../../kit/specimen";
import { keyProvider, recordedIdentity, vcenter } from "../generators";
import type { VsphereSpecimenOf } from "../specimen";
import { CLUSTER, STANDARD, TRUSTED } from "../stage";

/** Of the reference to a key provider. */
export const referenceRows: Row[] = [
  ["a provider not known yet", { keyProvider: UNKNOWN }, PASSES],
  ["no provider", { keyProvider: undefined }, "keyProvider", "must be a string"],
  ["a provider of a folder", { keyProvider: "a/b/c" }, "keyProvider", "the name of a key provider"],
  ["an incarnation alone", { keyProvider: "#1" }, "keyProvider", "the name of a key provider"],
];

export const specimen: VsphereSpecimenOf<typeof clientCertificateResource> = {
  generators: () => ({
    vcenter,
    keyProvider,
    regenerate: optional(fc.constantFrom("January", "June")),
    allowInterruption: optional(fc.boolean()),
    adopt: optional(fc.constant("match")),
  }),
  recorded: ({ client, clientFingerprint }) => ({
    ...recordedIdentity,
    certificate: client,
    publicKeyFingerprint: clientFingerprint,
    recordedPublicKeyFingerprint: clientFingerprint,
  }),
  passing: () => ({ vcenter: "default", keyProvider: "storage" }),
  rows: () => [
    ...referenceRows,
    ["consent as text", { allowInterruption: "yes" }, "allowInterruption", "must be true or false"],
    ["a moment as trigger", { regenerate: 6 }, "regenerate", "must be a string"],
    ["a name to adopt", { adopt: "storage" }, "adopt", 'must be "match"'],
  ],
  declared: { keyProvider: "storage" },
  onSystem: {
    existing: () => ({ keyProvider: STANDARD }),
    change: { regenerate: "June" },
    another: () => ({ keyProvider: STANDARD }),
    // It lets a change happen, and says nothing of the certificate.
    notCompared: ["allowInterruption"],
    imported: {
      stage: "certified",
      id: `${CLUSTER}/${TRUSTED}`,
      declared: () => ({ keyProvider: `${CLUSTER}/${TRUSTED}` }),
    },
    only: false,
    adopting: {
      stage: "certified",
      args: () => ({ keyProvider: `${CLUSTER}/${TRUSTED}`, adopt: "match" }),
      says: "the client certificate that the provider has is taken over, and not made",
    },
  },
  acts: [
    [
      "certified",
      async (resource, scene, { up }) => {
        await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
        await scene.somebody("decrypt", { machine: "db" });
        await up({ keyProvider: STANDARD });
        await up({ keyProvider: STANDARD, regenerate: "June" });
        await resource.refresh();
        // The provider is left for another one.
        await up({ keyProvider: `${CLUSTER}/${TRUSTED}`, allowInterruption: true });
        await up({ keyProvider: `${CLUSTER}/${TRUSTED}`, regenerate: "July", allowInterruption: true });
        await resource.destroy();
      },
    ],
  ],
};
