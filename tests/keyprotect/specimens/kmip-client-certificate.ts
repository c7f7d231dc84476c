import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { kmipClientCertificateResource } from "../../../provider/systems/keyprotect/kmip-client-certificate/resource";
import { optional } from "../../kit/generators";
import { CANARY_KEY } from "../../kit/hostile-values";
import { PASSES } from "../../kit/specimen";
import { ID, id, instance, recordedIdentity } from "../generators";
import type { KeyProtectSpecimenOf } from "../specimen";
import { BY_HAND, clientByHand, newClient } from "../stage";

const byHand = { certificate: clientByHand.cert };

export const specimen: KeyProtectSpecimenOf<typeof kmipClientCertificateResource> = {
  generators: ({ client }) => ({
    instance,
    adapter: id,
    certificate: fc.constant(client),
    name: optional(fc.constantFrom("storage", "a".repeat(17))),
    propagation: optional(fc.constantFrom("1s", "5m")),
    adopt: optional(fc.constant("match")),
    onDelete: optional(fc.constantFrom("remove", "keep")),
    adapterOnDelete: optional(fc.constantFrom("refuse", "destroyKeys", "keep")),
  }),
  recorded: () => ({
    ...recordedIdentity,
    certificateID: ID,
    registrationName: BY_HAND,
    fingerprint256: "00",
    createdAt: "2026-01-01T00:00:00Z",
    superseded: [],
    complete: true,
  }),
  passing: ({ client }) => ({ instance: "default", adapter: ID, certificate: client }),
  rows: ({ ca, client }) => [
    ["an adapter not known yet", { adapter: UNKNOWN }, PASSES],
    ["a certificate not known yet", { certificate: UNKNOWN }, PASSES],
    ["the name of an adapter", { adapter: "storage" }, "adapter", "must be an ID"],
    ["an ID in upper case", { adapter: ID.toUpperCase() }, "adapter", "must be an ID"],
    ["a certificate with its authority", { certificate: client + ca }, PASSES],
    ["lines that end as on Windows", { certificate: client.replaceAll("\n", "\r\n") }, PASSES],
    ["no certificate", { certificate: undefined }, "certificate", "it is empty"],
    ["a private key", { certificate: CANARY_KEY }, "", "certificate"],
    ["a certificate and a private key", { certificate: client + CANARY_KEY }, "", "certificate"],
    ["a name of 18 characters", { name: "a".repeat(18) }, "name", "1 to 17"],
    ["no time", { propagation: "a while" }, "propagation", "must be a duration"],
    ["an ID to adopt", { adopt: ID }, "adopt", 'must be "match"'],
    ["another fate", { onDelete: "refuse" }, "onDelete", 'must be "remove" or "keep"'],
  ],
  declared: { adapter: ID, certificate: "" },
  onSystem: {
    existing: ({ adapter }) => ({ adapter: adapter.id, ...byHand, adopt: "match" }),
    change: { onDelete: "keep" },
    another: ({ adapter }) => ({ adapter: adapter.id, certificate: newClient().cert }),
    // A registration is never renamed, and its successor bears the same mark.
    notCompared: ["name"],
    imported: {
      stage: "registered",
      id: ({ adapter }) => `${adapter.id}/${adapter.certificates[0]?.id}`,
      declared: ({ adapter }) => ({ adapter: adapter.id, ...byHand }),
      outputs: () => ({ registrationName: BY_HAND, complete: true }),
    },
    only: false,
    adopting: {
      stage: "registered",
      args: ({ adapter }) => ({ adapter: adapter.id, ...byHand, adopt: "match" }),
      says: "the registration of this certificate is taken over, and not made",
    },
  },
  acts: [
    [
      "registered",
      async (resource, scene, { up }) => {
        const adapter = scene.adapter.id;
        await up({ adapter, ...byHand, adopt: "match" });
        await up({ adapter, certificate: newClient().cert });
        await scene.somebody("createObject", { adapter });
        const elsewhere: object = { adapter: ID, ...byHand };
        expect(await resource.up(elsewhere)).toHaveProperty("refused");
        await scene.somebody("destroyObjects", { adapter });
        await resource.destroy();
      },
    ],
  ],
};
