import type { keyProviderResource } from "../../../provider/systems/element/key-provider/resource";
import { name, optional } from "../../kit/generators";
import { TERMINAL_TEXTS } from "../../kit/hostile-values";
import { PASSES, type Row } from "../../kit/specimen";
import { adopt, cluster, recordedIdentity } from "../generators";
import type { ElementSpecimenOf } from "../specimen";

const parsed = (text: string): unknown => JSON.parse(text);

export const specimen: ElementSpecimenOf<typeof keyProviderResource> = {
  generators: () => ({ cluster, name: optional(name), adopt: optional(adopt) }),
  recorded: () => ({ ...recordedIdentity, keyProviderID: 1, name: "keys" }),
  passing: () => ({ cluster: "default", name: "keys" }),
  rows: () => [
    ["a name in Unicode", { name: "Schlüssel 鍵 👩‍👩‍👧‍👦" }, PASSES],
    ["255 letters", { name: "a".repeat(255) }, PASSES],
    ["256 letters", { name: "a".repeat(256) }, "name", "at most 255"],
    ["blanks", { name: " \t" }, "name", "must not be blank"],
    ["half a letter", { name: "a\ud800" }, "name", "control characters"],
    ["an unnamed cluster, which is the default one", { cluster: undefined }, PASSES],
    ["a cluster that is no text", { cluster: parsed('{"toString":1}') }, "cluster", "must be a string"],
    ["the cluster __proto__", { cluster: "__proto__" }, "cluster", "no connection of this name"],
    ["the cluster constructor", { cluster: "constructor" }, "cluster", "no connection of this name"],
    ["a huge cluster", { cluster: "a".repeat(1_000_000) }, "cluster", "at most 255"],
    ["escapes in the cluster", { cluster: "\u001b[2J" }, "cluster", "control characters"],
    ...TERMINAL_TEXTS.map((name): Row => [JSON.stringify(name), { name }, "name", "must not"]),
  ],
  onSystem: {
    existing: () => ({ adopt: "1" }),
    change: { deadlines: { delete: 60 } },
    another: () => ({ name: "ours" }),
    imported: {
      stage: "attached",
      id: "1",
      declared: () => ({ name: "by hand" }),
      outputs: () => ({ keyProviderID: 1 }),
    },
    only: false,
    adopting: {
      stage: "encrypted",
      args: () => ({ name: "by hand", adopt: "match" }),
      says: "the key provider that equals the declared one is taken over, and not made",
    },
  },
  acts: [
    [
      "external",
      async (resource, _scene, { up, cutOff }) => {
        await up({});
        await cutOff();
        await resource.destroy();
        await up({ adopt: "1" });
        await resource.destroy();
      },
    ],
    [
      "encrypted",
      async (resource, _scene, { up }) => {
        await up({ adopt: "1" });
        await resource.destroy();
      },
      "12.0",
    ],
  ],
};
