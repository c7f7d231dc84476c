import "../provider/core/node/required";

import type { Policies } from "@pulumi/policy";
import * as rules from "./rules";

export * from "./rules";

/** Every rule, for a pack of one's own: `new PolicyPack("mine", { policies: [...policies, …] })`. */
export const policies: Policies = Object.values(rules);
