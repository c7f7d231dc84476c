import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { keyprotect } from "../../sdk";
import { known } from "../known";

/**
 * An adapter that is deleted with the keys in it makes unreadable whatever these encrypt, and a preview of a destroy asks
 * nobody. `onDelete: "destroyKeys"` is for an adapter whose clients are gone.
 *
 * @severity high
 */
export const kmipAdapterDeletion: ResourceValidationPolicy = {
  name: "kmip-adapter-deletion",
  description: "A destroy should not destroy the keys of KMIP clients.",
  severity: "high",
  enforcementLevel: "advisory",
  validateResource: validateResourceOfType(keyprotect.KmipAdapter, (props, { opts }, report) => {
    if (known(props).onDelete === "destroyKeys" && !opts.protect) {
      report('The KMIP adapter should be protected, or keep the keys in it: onDelete is "destroyKeys".');
    }
  }),
};
