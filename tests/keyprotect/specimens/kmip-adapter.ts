import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import { isUuid } from "../../../provider/systems/keyprotect/api/uuid";
import type { kmipAdapterResource } from "../../../provider/systems/keyprotect/kmip-adapter/resource";
import { optional } from "../../kit/generators";
import { PASSES } from "../../kit/specimen";
import { ID, id, instance, OTHER_ID, recordedIdentity } from "../generators";
import { registrationOf } from "../own-registration";
import type { KeyProtectSpecimenOf } from "../specimen";
import { BY_HAND, newClient } from "../stage";

export const specimen: KeyProtectSpecimenOf<typeof kmipAdapterResource> = {
  generators: () => ({
    instance,
    rootKey: fc.oneof(id, id, fc.constant("an-alias")),
    name: optional(fc.constantFrom("storage", "a_b-C", "a".repeat(40))),
    description: optional(fc.constantFrom("", "what it is for", "d".repeat(240))),
    allowExpiringKey: optional(fc.boolean()),
    adopt: optional(fc.oneof(id, fc.constant("match"))),
    onDelete: optional(fc.constantFrom("refuse", "destroyKeys", "keep")),
  }),
  recorded: () => ({
    ...recordedIdentity,
    adapterID: ID,
    profile: "native_1.0",
    createdAt: "2026-01-01T00:00:00Z",
    liveObjects: 0,
    kmipHostname: "us-south.kms.cloud.ibm.com",
    kmipPort: 5696,
  }),
  passing: () => ({ instance: "default", rootKey: ID, name: "storage" }),
  rows: () => [
    ["a root key not known yet", { rootKey: UNKNOWN }, PASSES],
    ["an alias, which is looked up", { rootKey: "an-alias" }, PASSES],
    ["a path as root key", { rootKey: "../keys" }, "rootKey", "the ID or an alias"],
    ["no root key", { rootKey: undefined }, "rootKey", "the ID or an alias"],
    ["a number as root key", { rootKey: 7 }, "rootKey", "the ID or an alias"],
    ["a name of 40 characters", { name: "a".repeat(40) }, PASSES],
    ["a name of 41 characters", { name: "a".repeat(41) }, "name", "2 to 40"],
    ["a name of one character", { name: "a" }, "name", "2 to 40"],
    ["a blank in the name", { name: "for storage" }, "name", "2 to 40"],
    ["a UUID as name", { name: ID.toUpperCase() }, "name", "must be no UUID"],
    ["an empty description, which is none", { description: "" }, PASSES],
    ["a description of 241 characters", { description: "d".repeat(241) }, "description", "2 to 240 characters"],
    ["a name to adopt", { adopt: "storage" }, "adopt", "must be the ID"],
    ["another fate", { onDelete: "shred" }, "onDelete", 'must be "refuse" or "destroyKeys" or "keep"'],
    ["consent as text", { allowExpiringKey: "yes" }, "allowExpiringKey", "must be true or false"],
  ],
  looks: ({ rootKey }) => typeof rootKey === "string" && rootKey !== UNKNOWN && !isUuid(rootKey),
  declared: { rootKey: OTHER_ID },
  onSystem: {
    existing: ({ key, adapter }) => ({ rootKey: key.id, adopt: adapter.id }),
    change: { onDelete: "keep" },
    another: ({ key }) => ({ rootKey: key.id }),
    // It says how the adapter may be made, and nothing of the adapter itself.
    notCompared: ["allowExpiringKey"],
    imported: {
      stage: "adapted",
      id: ({ adapter }) => adapter.id,
      declared: ({ key }) => ({ rootKey: key.id }),
      outputs: ({ key, adapter }) => ({ adapterID: adapter.id, name: BY_HAND, rootKeyID: key.id, liveObjects: 0 }),
    },
    only: false,
    adopting: {
      stage: "adapted",
      args: ({ key }) => ({ rootKey: key.id, adopt: "match" }),
      says: "the KMIP adapter that equals the declared one is taken over, and not made",
    },
  },
  acts: [
    [
      "keyed",
      async (resource, scene, { up }) => {
        const rootKey = scene.key.id;
        await up({ rootKey });
        await up({ rootKey, onDelete: "destroyKeys" });
        const certificate = newClient().cert;
        const registered = { adapter: scene.adapter.id, certificate, name: registrationOf(certificate) };
        await scene.somebody("registerCertificate", registered);
        await scene.somebody("createObject", { adapter: scene.adapter.id });
        await resource.destroy();
      },
    ],
  ],
};
