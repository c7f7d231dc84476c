import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { vsphere } from "../../sdk";

/**
 * vSphere 9.0 has no Trust Authority. A vCenter that is upgraded to it loses its trusted key providers, and machines that
 * were encrypted under them have to be encrypted anew before: a standard key provider at the same key servers, declared
 * beside the trusted one, is the way there.
 *
 * @severity medium
 */
export const trustAuthorityRemoved: ResourceValidationPolicy = {
  name: "trust-authority-removed",
  description: "Key providers should be of a kind that the next version of vSphere has.",
  severity: "medium",
  enforcementLevel: "advisory",
  validateResource: validateResourceOfType(vsphere.TrustedKeyProvider, (_props, _args, report) => {
    report(
      "The trusted key provider should give way to a vsphere.KeyProvider before its vCenter is upgraded: vSphere 9.0 has no Trust Authority.",
    );
  }),
};
