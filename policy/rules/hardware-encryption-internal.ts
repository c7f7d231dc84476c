import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { element } from "../../sdk";

/**
 * Drives that lock themselves with a key that lies in the same box are open to whoever has the box.
 *
 * @severity high
 */
export const hardwareEncryptionInternal: ResourceValidationPolicy = {
  name: "hardware-encryption-internal",
  description: "The key of hardware encryption should be on a key server.",
  severity: "high",
  enforcementLevel: "advisory",
  validateResource: validateResourceOfType(element.HardwareEncryption, (props, _args, report) => {
    if ("keyProvider" in props) return;
    report("The key of hardware encryption should be held by a key provider, not by internal keys.");
  }),
};
