import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { element } from "../../sdk";

/**
 * Internal keys lie on the drives that they protect: whoever carries the cluster away carries the keys away with it.
 *
 * @severity high
 */
export const masterKeyInternal: ResourceValidationPolicy = {
  name: "master-key-internal",
  description: "The master key should be on a key server.",
  severity: "high",
  enforcementLevel: "advisory",
  validateResource: validateResourceOfType(element.MasterKey, (props, _args, report) => {
    if (!("keyProvider" in props)) report("The master key should be held by a key provider, not by internal keys.");
  }),
};
