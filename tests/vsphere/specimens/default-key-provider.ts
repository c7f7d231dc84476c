import fc from "fast-check";
import type { defaultKeyProviderResource } from "../../../provider/systems/vsphere/default-key-provider/resource";
import { optional } from "../../kit/generators";
import { PASSES } from "../../kit/specimen";
import { recordedIdentity, vcenter } from "../generators";
import { SoapCaller } from "../simulator/soap-caller";
import type { VsphereSpecimenOf } from "../specimen";
import { STANDARD } from "../stage";
import { referenceRows } from "./client-certificate";

export const specimen: VsphereSpecimenOf<typeof defaultKeyProviderResource> = {
  generators: () => ({
    vcenter,
    keyProvider: fc.constantFrom("storage", "storage-1a2b3c4#00ff00ff"),
    entity: optional(fc.constantFrom("ClusterComputeResource:domain-c8", "HostSystem:host-9")),
    adopt: optional(fc.constant("match")),
  }),
  recorded: () => recordedIdentity,
  passing: () => ({ vcenter: "default", keyProvider: "storage" }),
  rows: () => [
    ...referenceRows,
    ["an entity", { entity: "ClusterComputeResource:domain-c8" }, PASSES],
    ["the id of an entity alone", { entity: "domain-c8" }, "entity", "the type and the id"],
    ["a name to adopt", { adopt: "storage" }, "adopt", 'must be "match"'],
  ],
  declared: { keyProvider: "storage" },
  onSystem: {
    existing: () => ({ keyProvider: STANDARD, adopt: "match" }),
    change: { keyProvider: "another" },
    imported: {
      stage: "defaulted",
      declared: () => ({ keyProvider: STANDARD }),
    },
    only: false,
    adopting: {
      stage: "defaulted",
      args: () => ({ keyProvider: STANDARD, adopt: "match" }),
      says: "the default key provider is taken over, and not made",
    },
  },
  acts: [
    [
      "certified",
      async (resource, scene, { up, cutOff }) => {
        await up({ keyProvider: STANDARD });
        await resource.refresh();
        await new SoapCaller(scene.vcenter).register("left", scene.server().port);
        cutOff("left");
        // It has a key that nobody uses.
        await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
        scene.answer("ListKeys", { replaceText: { [STANDARD]: "left" } }, "after");
        await up({ keyProvider: STANDARD });
        expect(scene.standard("left")).toBeUndefined();
        await resource.destroy();
      },
    ],
  ],
};
