import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { vsphere } from "../../sdk";
import { known } from "../known";

/**
 * Who uses a trusted key provider is seen on other vCenters alone. A destroy keeps it unless a program says otherwise, and
 * whoever destroys its registration at the key server with the rest of the program cuts those machines off: whoever declares
 * one should have decided, in `onDelete`, or by the resource option `protect`.
 *
 * @severity medium
 */
export const trustedKeyProviderDeletion: ResourceValidationPolicy = {
  name: "trusted-key-provider-deletion",
  description: "What a destroy does with a trusted key provider should be declared.",
  severity: "medium",
  enforcementLevel: "advisory",
  validateResource: validateResourceOfType(vsphere.TrustedKeyProvider, (props, { opts }, report) => {
    const { defaults = [] } = known(props) as { defaults?: unknown[] };
    if (defaults.includes("onDelete") && !opts.protect) {
      report("The trusted key provider should be protected, or say in onDelete what a destroy does with it.");
    }
  }),
};
