import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { kmipAdapterClientsResource } from "../../../provider/systems/keyprotect/kmip-adapter-clients/resource";
import { optional } from "../../kit/generators";
import { PASSES } from "../../kit/specimen";
import { ID, id, instance, OTHER_ID, recordedIdentity } from "../generators";
import type { KeyProtectSpecimenOf } from "../specimen";
import type { Scene } from "../stage";

const registered = ({ adapter }: Scene) => ({
  adapter: adapter.id,
  clientCertificates: adapter.certificates.map(({ id }) => id),
});

export const specimen: KeyProtectSpecimenOf<typeof kmipAdapterClientsResource> = {
  generators: () => ({
    instance,
    adapter: id,
    clientCertificates: fc.uniqueArray(id, { maxLength: 2 }),
    others: optional(fc.uniqueArray(fc.constantFrom("backup", OTHER_ID), { maxLength: 2 })),
    supersededRegistrations: optional(fc.constantFrom([], ["a registration"])),
  }),
  recorded: () => ({ ...recordedIdentity, undeclared: [], superseded: [] }),
  passing: () => ({ instance: "default", adapter: ID, clientCertificates: [ID] }),
  rows: () => [
    ["an adapter not known yet", { adapter: UNKNOWN }, PASSES],
    ["certificates not known yet", { clientCertificates: UNKNOWN }, PASSES],
    ["a certificate not known yet", { clientCertificates: [UNKNOWN] }, PASSES],
    ["no clients", { clientCertificates: [] }, PASSES],
    ["the name of an adapter", { adapter: "storage" }, "adapter", "must be an ID"],
    ["the name of a certificate", { clientCertificates: ["storage"] }, "clientCertificates[0]", "must be an ID"],
    [
      "a certificate twice",
      { clientCertificates: [ID, ID] },
      "clientCertificates",
      "must not name a registration twice",
    ],
    ["a single certificate", { clientCertificates: ID }, "clientCertificates", "must be a list"],
    ["a number among the others", { others: [7] }, "others[0]", "must be a string"],
  ],
  declared: { adapter: ID, clientCertificates: [] },
  onSystem: {
    existing: registered,
    change: { others: ["backup"] },
    another: registered,
    imported: {
      stage: "registered",
      id: ({ adapter }) => adapter.id,
      declared: registered,
      outputs: () => ({ undeclared: [], superseded: [] }),
    },
    only: false,
  },
  acts: [
    [
      "registered",
      async (resource, scene, { up, cutOff }) => {
        const declared = registered(scene);
        await cutOff();
        await up(declared);
        await resource.destroy();
      },
    ],
  ],
};
