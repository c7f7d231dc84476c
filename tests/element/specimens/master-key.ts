import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { masterKeyResource } from "../../../provider/systems/element/master-key/resource";
import { optional, triggers } from "../../kit/generators";
import { PASSES } from "../../kit/specimen";
import { cluster, heldBy, recordedIdentity } from "../generators";
import { external } from "../master-key-scene";
import type { ElementSpecimenOf } from "../specimen";

const parsed = (text: string): unknown => JSON.parse(text);

export const specimen: ElementSpecimenOf<typeof masterKeyResource> = {
  generators: () => ({
    cluster,
    ...heldBy,
    rotationTriggers: optional(triggers),
    maxAge: optional(fc.constantFrom("90d", "12h", "1s", "999999999d")),
    onDelete: fc.constantFrom("internal", "keep"),
  }),
  recorded: () => ({
    ...recordedIdentity,
    keyManagementType: "internal",
    keyID: "k",
    recordedKeyID: "k",
    recordedTime: "2026-01-01T00:00:00Z",
    complete: true,
  }),
  passing: () => ({ cluster: "default", keyProvider: "1" }),
  rows: () => [
    ["no keys", { rotationTriggers: {} }, PASSES],
    ["the trigger __proto__", { rotationTriggers: parsed('{"__proto__":"1"}') }, PASSES],
    ["a trigger not known yet", { rotationTriggers: { a: UNKNOWN } }, PASSES],
    ["a list of triggers", { rotationTriggers: ["1"] }, "rotationTriggers", "object of texts"],
    ["a number as trigger", { rotationTriggers: { a: 1 } }, "rotationTriggers", "object of texts"],
    ["a null trigger", { rotationTriggers: { a: null } }, "rotationTriggers", "object of texts"],
    ["an age without unit", { maxAge: "90" }, "maxAge", "must be a duration"],
    ["no age", { maxAge: "0d" }, "maxAge", "must be a duration"],
    ["an age of ten digits", { maxAge: "9999999999s" }, "maxAge", "must be a duration"],
    ["an age in weeks", { maxAge: "2w" }, "maxAge", "must be a duration"],
    ["a text for a switch", { takeOver: "false" }, "takeOver", "true or false"],
    ["another way back", { onDelete: "constructor" }, "onDelete", 'must be "internal" or "keep"'],
  ],
  // Who holds the key is looked at before a new one is to have it.
  looks: () => true,
  onSystem: {
    existing: () => external(),
    change: { rotationTriggers: { quarter: "2" } },
    another: () => external({ maxAge: "90d", rotationTriggers: { a: "1" }, takeOver: false }),
    imported: {
      stage: "external",
      declared: () => external(),
      // The age of the key counts from its creation, and not from the import.
      outputs: ({ cluster }) => {
        const { keyID, keyCreatedTime } = cluster.state().softwareEncryption.masterKey ?? {};
        return { keyID, recordedKeyID: keyID, keyCreatedTime, recordedTime: keyCreatedTime, recordedKeyProviderID: 1 };
      },
    },
    only: { stage: "attached", args: () => external(), irreplaceable: true },
    adopting: {
      stage: "external",
      args: () => ({ keyProvider: "1", adopt: "match" }),
      says: "the key of key provider 1 is taken over",
    },
  },
  acts: [
    [
      "attached",
      async (resource, _scene, { up, cutOff }) => {
        await up({ keyProvider: "1" });
        await resource.refresh();
        await cutOff();
        await up({ keyProvider: "1" });
      },
    ],
  ],
};
