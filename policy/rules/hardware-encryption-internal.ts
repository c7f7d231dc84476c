import type { ResourceValidationPolicy } from "@pulumi/policy";

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
  validateResource({ type, props }, report) {
    if (type !== TYPE || "keyProvider" in props) return;
    report("The key of hardware encryption should be held by a key provider, not by internal keys.");
  },
};

const TYPE = "pulumi-nodejs:dynamic/ekm/element:HardwareEncryption";
