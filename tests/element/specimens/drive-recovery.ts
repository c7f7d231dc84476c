import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { driveRecoveryResource } from "../../../provider/systems/element/drive-recovery/resource";
import { optional, triggers } from "../../kit/generators";
import { NOT_IMPORTABLE, PASSES } from "../../kit/specimen";
import { cluster, recordedIdentity } from "../generators";
import type { ElementSpecimenOf } from "../specimen";

export const specimen: ElementSpecimenOf<typeof driveRecoveryResource> = {
  generators: () => ({
    cluster,
    drives: fc.uniqueArray(fc.integer({ min: 1 }), { minLength: 1, maxLength: 8 }),
    triggers: optional(triggers),
  }),
  recorded: () => ({ ...recordedIdentity, recoveredTime: "2026-01-01T00:00:00Z", complete: true }),
  passing: () => ({ cluster: "default", drives: [1, 3] }),
  rows: () => [
    ["drives not known yet", { drives: UNKNOWN }, PASSES],
    ["a drive not known yet", { drives: [1, UNKNOWN] }, PASSES],
    ["two drives not known yet", { drives: [UNKNOWN, UNKNOWN] }, PASSES],
    ["a trigger not known yet", { triggers: { a: UNKNOWN } }, PASSES],
    ["no list", { drives: undefined }, "drives", "must be a list"],
    ["a single drive", { drives: 1 }, "drives", "must be a list"],
    ["no drive", { drives: [] }, "drives", "at least one"],
    ["a drive twice", { drives: [3, 1, 3] }, "drives", "must not name a drive twice"],
    ["an id as text", { drives: [1, "3"] }, "drives[1]", "whole number"],
    ["the id 0", { drives: [0] }, "drives[0]", "whole number"],
    ["half an id", { drives: [1.5] }, "drives[0]", "whole number"],
    ["an id beyond what numbers hold", { drives: [2 ** 53] }, "drives[0]", "whole number"],
    ["a list of triggers", { triggers: ["1"] }, "triggers", "object of texts"],
    ["a number as trigger", { triggers: { a: 1 } }, "triggers", "object of texts"],
  ],
  declared: { drives: [] },
  onSystem: {
    existing: () => ({ drives: [1] }),
    change: { triggers: { boot: "2" } },
    another: () => ({ drives: [1, 2], triggers: { a: "1" } }),
    inStateAlone: ["refresh", "destroy"],
    imported: NOT_IMPORTABLE,
    only: false,
  },
  acts: [
    [
      "external",
      async (_resource, { cluster }, { up }) => {
        cluster.switches.driveRecoverySeconds = 0;
        await cluster.mutate(({ drives: [drive] }) => Object.assign(drive ?? {}, { status: "available" }));
        await up({ drives: [1] });
      },
    ],
  ],
};
