import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { certificateSigningRequestResource } from "../../../provider/systems/element/certificate-signing-request/resource";
import { PASSES } from "../../kit/specimen";
import { cluster, recordedIdentity } from "../generators";
import type { ElementSpecimenOf } from "../specimen";
import type { Scene } from "../stage";

const ofTheKeyPair = (scene: Scene) => ({ publicKeyFingerprint: scene.keyPairFingerprint() });

export const specimen: ElementSpecimenOf<typeof certificateSigningRequestResource> = {
  generators: ({ clientFingerprint }) => ({
    cluster,
    publicKeyFingerprint: fc.constantFrom(clientFingerprint, "00".repeat(32)),
  }),
  recorded: ({ request }) => ({ ...recordedIdentity, pem: request, subject: "CN=storage-1" }),
  passing: ({ clientFingerprint }) => ({ cluster: "default", publicKeyFingerprint: clientFingerprint }),
  rows: () => [
    ["a fingerprint not known yet", { publicKeyFingerprint: UNKNOWN }, PASSES],
    ["no fingerprint", { publicKeyFingerprint: undefined }, "publicKeyFingerprint", "64 hexadecimal"],
    ["a short fingerprint", { publicKeyFingerprint: "00" }, "publicKeyFingerprint", "64 hexadecimal"],
    ["one with colons", { publicKeyFingerprint: "00:".repeat(32) }, "publicKeyFingerprint", "64 hexadecimal"],
  ],
  declared: { keyPair: {} },
  onSystem: {
    existing: ofTheKeyPair,
    change: { publicKeyFingerprint: "00".repeat(32) },
    inStateAlone: ["destroy"],
    imported: { stage: "paired", declared: ofTheKeyPair },
    only: { stage: "attached", args: ofTheKeyPair },
  },
  acts: [["paired", (_resource, _scene, { up }) => up({ publicKeyFingerprint: "00".repeat(32) })]],
};
