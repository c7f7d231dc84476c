import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { keyprotect } from "../../sdk";
import { known } from "../known";

/**
 * A root key that is deleted takes with it whatever was ever wrapped under it, in every adapter and for every client. A
 * destroy keeps it unless a program says otherwise.
 *
 * @severity high
 */
export const rootKeyDeletion: ResourceValidationPolicy = {
  name: "root-key-deletion",
  description: "A destroy should keep root keys.",
  severity: "high",
  enforcementLevel: "advisory",
  validateResource: validateResourceOfType(keyprotect.RootKey, (props, { opts }, report) => {
    if (known(props).onDelete === "delete" && !opts.protect) {
      report('The root key should be protected, or kept by a destroy: onDelete is "delete".');
    }
  }),
};
