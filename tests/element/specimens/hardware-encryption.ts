import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { hardwareEncryptionResource } from "../../../provider/systems/element/hardware-encryption/resource";
import { PASSES } from "../../kit/specimen";
import { cluster, heldBy, recordedIdentity } from "../generators";
import { external } from "../hardware-encryption-scene";
import type { ElementSpecimenOf } from "../specimen";

export const specimen: ElementSpecimenOf<typeof hardwareEncryptionResource> = {
  generators: () => ({
    cluster,
    ...heldBy,
    encryptionAtRestState: fc.constantFrom("enabled", "enabling", "disabled", "disabling"),
    onDelete: fc.constantFrom("internal", "disable", "keep"),
  }),
  recorded: () => ({ ...recordedIdentity, keyManagementType: "external", keyProviderID: 1, complete: true }),
  passing: () => ({ cluster: "default", keyProvider: "1", encryptionAtRestState: "enabled" }),
  rows: () => [
    ["a provider not known yet", { keyProvider: UNKNOWN }, PASSES],
    ["internal keys", { keyProvider: undefined }, PASSES],
    ["a null provider", { keyProvider: null }, "keyProvider", "must be an id"],
    ["a state in capitals", { encryptionAtRestState: "Enabled" }, "encryptionAtRestState", 'must be "enabled"'],
    ["a number for a switch", { takeOver: 0 }, "takeOver", "true or false"],
    ["another way back", { onDelete: "toString" }, "onDelete", 'must be "internal" or "disable" or "keep"'],
  ],
  // Who holds the key is looked at before a new one is to have it.
  looks: () => true,
  onSystem: {
    existing: () => external(),
    change: { takeOver: true },
    another: () => external({ takeOver: false }),
    imported: {
      stage: "encrypted",
      declared: () => external(),
      outputs: () => ({ keyProviderID: 1, recordedKeyProviderID: 1, complete: true }),
    },
    only: {
      stage: "attached",
      args: () => ({ keyProvider: "1", encryptionAtRestState: "enabled" }),
      irreplaceable: true,
    },
    adopting: {
      stage: "encrypted",
      args: () => ({ keyProvider: "1", adopt: "match", encryptionAtRestState: "enabled" }),
      says: "with its key held by key provider 1 is taken over",
    },
  },
  acts: [
    [
      "attached",
      async (resource, _scene, { up }) => {
        await up({ keyProvider: "1", encryptionAtRestState: "enabled" });
        await resource.destroy();
      },
    ],
    ["encrypted", (_resource, _scene, { up }) => up({ keyProvider: "1", encryptionAtRestState: "enabled" }), "12.0"],
  ],
};
