import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { keyPairResource } from "../../../provider/systems/element/key-pair/resource";
import { optional, subject } from "../../kit/generators";
import { PASSES } from "../../kit/specimen";
import { cluster, recordedIdentity } from "../generators";
import type { ElementSpecimenOf } from "../specimen";
import { SUBJECT } from "../stage";

const parsed = (text: string): unknown => JSON.parse(text);

export const specimen: ElementSpecimenOf<typeof keyPairResource> = {
  generators: () => ({
    cluster,
    subject: optional(subject),
    takesOver: fc.boolean(),
    regenerate: optional(fc.constantFrom("1", "2")),
    adopt: optional(fc.constant("match")),
  }),
  recorded: () => ({ ...recordedIdentity, publicKeyFingerprint: "aa", recordedPublicKeyFingerprint: "aa" }),
  passing: () => ({ cluster: "default", subject: { commonName: "storage-1" } }),
  rows: () => [
    ["nothing but the cluster", { subject: undefined }, PASSES],
    ["a subject not known yet", { subject: UNKNOWN }, PASSES],
    ["a subject that is a text", { subject: "CN=storage-1" }, "subject", "must be an object"],
    ["a subject that is a list", { subject: ["storage-1"] }, "subject", "must be an object"],
    ["a null subject", { subject: null }, "subject", "must be an object"],
    // It would be sent to the cluster, which ignores it, and the pair would never match again.
    [
      "a field that subjects lack",
      { subject: { commonName: "a", serialNumber: "1" } },
      "subject",
      "which no subject has",
    ],
    ["a polluting subject", { subject: parsed('{"__proto__":{"commonName":"x"}}') }, "subject", "which no subject has"],
    ["a null name", { subject: { commonName: null } }, "subject.commonName", "must be a string"],
    ["an empty name", { subject: { commonName: "" } }, "subject.commonName", "must not be empty"],
    ["a name of 65 letters", { subject: { commonName: "鍵".repeat(65) } }, "subject.commonName", "at most 64"],
    ["a country of three letters", { subject: { country: "USA" } }, "subject.country", "two letters"],
    ["a country of two other letters", { subject: { country: "ÄÖ" } }, "subject.country", "two letters"],
    ["a mail address in Unicode", { subject: { emailAddress: "ö@example.com" } }, "subject.emailAddress", "ASCII"],
    ["a number as trigger", { regenerate: 1 }, "regenerate", "must be a string"],
    ["an id to adopt", { adopt: "1" }, "adopt", 'must be "match"'],
  ],
  // A pair that is made in place of another one makes certificates useless, and whose they are is said.
  looks: ({ regenerate }) => regenerate !== undefined,
  onSystem: {
    existing: () => ({ subject: SUBJECT }),
    change: { regenerate: "1" },
    inStateAlone: ["destroy"],
    imported: {
      stage: "paired",
      declared: () => ({ subject: SUBJECT }),
      outputs: (scene) => ({
        publicKeyFingerprint: scene.keyPairFingerprint(),
        recordedPublicKeyFingerprint: scene.keyPairFingerprint(),
      }),
    },
    only: { stage: "attached", args: () => ({ subject: SUBJECT }) },
    adopting: {
      stage: "encrypted",
      args: () => ({ adopt: "match" }),
      says: "the key pair is taken over, and not made",
    },
  },
  acts: [
    [
      "bare",
      async (resource, _scene, { up, cutOff }) => {
        await up({ subject: { commonName: "a" } });
        await cutOff();
        await resource.destroy();
      },
    ],
  ],
};
