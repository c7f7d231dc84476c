import fc from "fast-check";
import type { trustedKeyProviderResource } from "../../../provider/systems/vsphere/trusted-key-provider/resource";
import { optional } from "../../kit/generators";
import { PASSES } from "../../kit/specimen";
import { RestCaller } from "../simulator/rest-caller";
import type { VsphereSpecimenOf } from "../specimen";
import { CLUSTER, PRIMARY_KEY, STANDARD, TRUSTED } from "../stage";
import { byHand, passingProvider, providerGenerators, providerRows, recordedProvider } from "./key-provider";

const trusted = { trustAuthorityCluster: CLUSTER, primaryKeyID: PRIMARY_KEY };

export const specimen: VsphereSpecimenOf<typeof trustedKeyProviderResource> = {
  generators: () => ({
    ...providerGenerators,
    trustAuthorityCluster: fc.constant(CLUSTER),
    primaryKeyID: fc.constantFrom(PRIMARY_KEY, "a name of a key"),
    primaryKeyChange: optional(fc.constantFrom("refuse", "allow")),
    description: optional(fc.constantFrom("what it is for")),
    onDelete: optional(fc.constantFrom("keep", "delete")),
    workloadVcenters: optional(fc.constantFrom([], ["default"], ["default", "east"])),
  }),
  recorded: () => recordedProvider,
  passing: () => ({ ...passingProvider, ...trusted }),
  rows: (material) => [
    ...providerRows(material),
    ["no cluster", { trustAuthorityCluster: undefined }, "trustAuthorityCluster", "must be a string"],
    ["the name of a cluster", { trustAuthorityCluster: "vTA Cluster" }, "trustAuthorityCluster", "such as domain-c8"],
    ["no primary key", { primaryKeyID: undefined }, "primaryKeyID", "must be a string"],
    ["a number as primary key", { primaryKeyID: 8 }, "primaryKeyID", "must be a string"],
    ["what looks like the name of a key", { primaryKeyID: "master-key" }, PASSES],
    ["another fate", { onDelete: "destroy" }, "onDelete", 'must be "keep" or "delete"'],
    ["one vCenter twice", { workloadVcenters: ["east", "east"] }, "workloadVcenters", "twice"],
  ],
  declared: {
    ...trusted,
    servers: [{ hostname: "kms-1.example.com" }],
    trustedServers: passingProvider.trustedServers,
  },
  onSystem: {
    existing: (scene) => ({ ...byHand(scene, TRUSTED), ...trusted, description: "made by hand", adopt: "match" }),
    change: { onDelete: "delete" },
    another: (scene) => ({ ...trusted, servers: [scene.server(1)], trustedServers: [scene.pin(1)] }),
    // It allows a change, and says nothing of the provider.
    notCompared: ["primaryKeyChange"],
    imported: {
      stage: "trusting",
      id: `${CLUSTER}/${TRUSTED}`,
      declared: (scene) => ({ ...byHand(scene, TRUSTED), ...trusted, description: "made by hand" }),
      outputs: () => ({ name: TRUSTED, serversTrusted: true, ...trusted }),
    },
    only: false,
    adopting: {
      stage: "trusting",
      args: (scene) => ({ ...byHand(scene, TRUSTED), ...trusted, description: "made by hand", adopt: "match" }),
      says: `the key provider "${TRUSTED}" is taken over, and not made`,
    },
  },
  acts: [
    [
      "bare",
      async (resource, scene, { up, cutOff }) => {
        const trustedServers = [scene.pin(0), scene.pin(1)];
        const args = { ...trusted, trustedServers, username: "ekm", password: "secret enough" };
        await up({ ...args, servers: [scene.server(0)] });
        await up({
          ...args,
          servers: [scene.server(0), scene.server(1)],
          onDelete: "delete",
          workloadVcenters: ["default"],
        });
        await new RestCaller(scene.vcenter).create("left", scene.server().port);
        cutOff(`${CLUSTER}/left`);
        await resource.destroy();
        expect(scene.trusted("left")).toBeUndefined();
      },
    ],
    [
      "certified",
      async (resource, scene, { up }) => {
        await scene.somebody("encrypt", { machine: "db", provider: STANDARD });
        const args = { ...byHand(scene, TRUSTED), ...trusted, adopt: "match" };
        await up({ ...args, onDelete: "delete", workloadVcenters: ["default"] });
        // Its machine has a key of the trusted provider.
        for (const method of ["ListKeys", "RetrievePropertiesEx", "QueryCryptoKeyStatus"] as const) {
          scene.answer(method, { replaceText: { [STANDARD]: TRUSTED } }, "after");
        }
        expect(await resource.destroy()).toHaveProperty("failed");
      },
    ],
  ],
};
