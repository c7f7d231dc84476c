import type { Family } from "../key-providers/family";
import { providerLifecycle } from "../key-providers/lifecycle";
import { assertNobodyUses } from "../key-providers/usage";
import { keyProviderResource } from "./resource";

const standard: Family = {
  description: keyProviderResource,
  filled: (inputs) => inputs,
  examine: () => ({ failures: [], lines: [] }),
  differing: () => ({}),
  forgotten: () => [],
  assertChangeable() {},
  isKept: () => false,
  assertUnused: (vcenter, { name }, attempt) =>
    assertNobodyUses(vcenter, name, {
      attempt,
      wayOut:
        "run again. To move without a gap, declare the other provider under a new logical name beside this one, with all that is behind it",
    }),
};

export const keyProvider = providerLifecycle(standard);
