import fc from "fast-check";
import type { rootKeyResource } from "../../../provider/systems/keyprotect/root-key/resource";
import { optional, text, triggers } from "../../kit/generators";
import { PASSES } from "../../kit/specimen";
import { ID, instance, recordedIdentity } from "../generators";
import type { KeyProtectSpecimenOf } from "../specimen";
import { BY_HAND } from "../stage";

const reference = fc.constantFrom(ID, "an-alias", "AB");

export const specimen: KeyProtectSpecimenOf<typeof rootKeyResource> = {
  generators: () => ({
    instance,
    name: optional(fc.constantFrom("storage", "Schlüssel 鍵", "a".repeat(90))),
    description: optional(fc.constantFrom("", "what it is for", "d".repeat(240))),
    keyRing: optional(text),
    rotationTriggers: optional(triggers),
    maxAge: optional(fc.constantFrom("1h", "90d")),
    adopt: optional(reference),
    onDelete: optional(fc.constantFrom("keep", "delete")),
  }),
  recorded: () => ({
    ...recordedIdentity,
    keyID: ID,
    crn: "crn:v1:bluemix:public:kms:us-south:a/0:0:key:0",
    imported: false,
    keyVersion: ID,
    keyVersionCreated: "2026-01-01T00:00:00Z",
    recordedKeyVersion: ID,
    state: "active",
  }),
  passing: () => ({ instance: "default", name: "storage" }),
  rows: () => [
    ["an unnamed instance, which is the default one", { instance: undefined }, PASSES],
    ["an instance that is not configured", { instance: "elsewhere" }, "instance", "no connection of this name"],
    ["the instance __proto__", { instance: "__proto__" }, "instance", "no connection of this name"],
    ["a name of 90 characters", { name: "a".repeat(90) }, PASSES],
    ["a name of one character", { name: "a" }, "name", "2 to 90 characters"],
    ["a name of 91 characters", { name: "a".repeat(91) }, "name", "2 to 90 characters"],
    ["a huge name", { name: "a".repeat(1_000_000) }, "name", "at most 255"],
    ["escapes in the name", { name: "\u001b[2J" }, "name", "control characters"],
    ["an empty description, which is none", { description: "" }, PASSES],
    ["a blank description", { description: "  " }, "description", "must not be blank"],
    ["a description of 240 characters", { description: "d".repeat(240) }, PASSES],
    ["a description of 241 characters", { description: "d".repeat(241) }, "description", "2 to 240 characters"],
    ["a maximum age that is no duration", { maxAge: "a while" }, "maxAge", "must be a duration"],
    ["an alias to adopt", { name: undefined, adopt: "an-alias" }, PASSES],
    ["a path to adopt", { name: undefined, adopt: "../keys" }, "adopt", "the ID or an alias"],
    ["another fate", { onDelete: "shred" }, "onDelete", 'must be "keep" or "delete"'],
  ],
  onSystem: {
    existing: ({ key }) => ({ adopt: key.id }),
    change: { maxAge: "90d" },
    another: () => ({ rotationTriggers: { quarter: "1" } }),
    // Neither changes: another one is refused, and one that is left out stays as it is.
    notCompared: ["name", "description"],
    imported: {
      stage: "keyed",
      id: ({ key }) => key.id,
      declared: () => ({}),
      outputs: ({ key }) => ({ keyID: key.id, name: BY_HAND, state: "active" }),
    },
    only: false,
    adopting: {
      stage: "keyed",
      args: ({ key }) => ({ adopt: key.id }),
      says: "is taken over, and not made",
    },
  },
  acts: [
    [
      "keyed",
      async (resource, scene, { up, cutOff }) => {
        await scene.somebody("moveKey", { key: scene.key.id, keyRing: "ring" });
        await up({});
        await up({ rotationTriggers: { quarter: "1" } });
        await up({ rotationTriggers: { quarter: "1" }, keyRing: "ring", onDelete: "delete" });
        await scene.somebody("createAdapter", { key: scene.key.id, name: BY_HAND });
        await cutOff();
        await resource.destroy();
      },
    ],
  ],
};
