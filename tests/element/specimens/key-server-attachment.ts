import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { attachmentResource } from "../../../provider/systems/element/attachment/resource";
import { id, name, optional } from "../../kit/generators";
import { PASSES } from "../../kit/specimen";
import { cluster, recordedIdentity } from "../generators";
import type { ElementSpecimenOf } from "../specimen";

const betweenTheFirst = () => ({ keyProvider: "1", keyServer: "1" });

export const specimen: ElementSpecimenOf<typeof attachmentResource> = {
  generators: () => ({
    cluster,
    keyProvider: id,
    keyServer: id,
    keyProviderName: optional(name),
    keyServerName: optional(name),
    otherKeyServers: optional(fc.uniqueArray(id, { maxLength: 2 })),
    adopt: optional(fc.constant("match")),
  }),
  recorded: () => ({ ...recordedIdentity, tested: true }),
  passing: () => ({ cluster: "default", keyProvider: "1", keyServer: "1" }),
  rows: () => [
    ["ids not known yet", { keyProvider: UNKNOWN, keyServer: UNKNOWN }, PASSES],
    ["an unnamed cluster, which is the default one", { cluster: undefined }, PASSES],
    ["the greatest id", { keyServer: "9007199254740991" }, PASSES],
    // As a number it is another id.
    ["the first id beyond it", { keyServer: "9007199254740993" }, "keyServer", "must be an id"],
    ["an id as number", { keyProvider: 1 }, "keyProvider", "must be an id"],
    ["the id 0", { keyProvider: "0" }, "keyProvider", "must be an id"],
    ["leading zeros", { keyProvider: "01" }, "keyProvider", "must be an id"],
    ["a sign", { keyProvider: "+1" }, "keyProvider", "must be an id"],
    ["other digits", { keyProvider: "٣" }, "keyProvider", "must be an id"],
    ["a line end", { keyProvider: "1\n" }, "keyProvider", "must be an id"],
  ],
  declared: { keyProvider: "1", keyServer: "1" },
  onSystem: {
    existing: betweenTheFirst,
    change: { deadlines: { delete: 60 } },
    // What differs is a server that the provider has and the list does not name.
    notCompared: ["otherKeyServers"],
    // Whether a provider is active is looked at before its attachment is to have other ends.
    looksInComparison: true,
    imported: { stage: "attached", id: "1", declared: betweenTheFirst, outputs: () => ({ tested: true }) },
    only: { stage: "attached", args: betweenTheFirst },
    adopting: {
      stage: "encrypted",
      args: () => ({ ...betweenTheFirst(), adopt: "match" }),
      says: "the attachment of key server 1 to key provider 1 is taken over, and not made",
    },
  },
  acts: [
    [
      "external",
      async (resource, scene, { up }) => {
        await up({ keyProvider: "1", keyServer: "1" });
        await resource.destroy();
        await scene.rekeyByHand({ keyManagementType: "Internal" });
        await resource.destroy();
        await up({ keyProvider: "1", keyServer: "1" });
      },
    ],
    [
      "encrypted",
      async (resource, _scene, { up }) => {
        await up({ keyProvider: "1", keyServer: "1" });
        await resource.destroy();
      },
      "12.0",
    ],
  ],
};
