import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { element } from "../../sdk";
import { known } from "../known";

/**
 * A destroy brings the master key back to internal keys unless a program says otherwise, and a preview of a destroy asks
 * nobody. Whoever declares a master key should have decided: `onDelete`, or the resource option `protect`.
 *
 * @severity medium
 */
export const masterKeyDeletion: ResourceValidationPolicy = {
  name: "master-key-deletion",
  description: "What a destroy does with the master key should be declared.",
  severity: "medium",
  enforcementLevel: "advisory",
  validateResource: validateResourceOfType(element.MasterKey, (props, { opts }, report) => {
    const { defaults = [] } = known(props) as { defaults?: unknown[] };
    if (defaults.includes("onDelete") && !opts.protect) {
      report("The master key should be protected, or say in onDelete what a destroy does with it.");
    }
  }),
};
