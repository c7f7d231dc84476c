import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { fleetResource } from "../../../provider/systems/element/fleet/resource";
import { text } from "../../kit/generators";
import type { SpecimenOf } from "../../kit/specimen";
import { PASSES } from "../../kit/specimen";

export const specimen: SpecimenOf<typeof fleetResource> = {
  generators: () => ({ clusters: fc.dictionary(text, fc.nat(9), { maxKeys: 5 }) }),
  recorded: () => ({}),
  passing: () => ({ clusters: { "storage-1": 7 } }),
  rows: () => [
    ["clusters not known yet", { clusters: UNKNOWN }, PASSES],
    ["a number not known yet", { clusters: { "storage-1": UNKNOWN } }, PASSES],
    ["no clusters", { clusters: undefined }, "clusters", "must be an object of whole numbers"],
    ["a list of clusters", { clusters: ["storage-1"] }, "clusters", "must be an object of whole numbers"],
    [
      "a cluster with less than none",
      { clusters: { "storage-1": -1 } },
      "clusters",
      "must be an object of whole numbers",
    ],
  ],
};
