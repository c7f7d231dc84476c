import type { StackValidationPolicy } from "@pulumi/policy";
import { reportUnverified, VCENTERS } from "../connections";

/**
 * Whoever sits on the path to a vCenter whose TLS certificate is not verified reads its administrator's password, and
 * can have it trust another key server. What the environment says (`EKM_VCENTERS`) shows only in the output
 * `tlsVerification` of resources that exist.
 *
 * @severity critical
 */
export const vcenterTlsVerification: StackValidationPolicy = {
  name: "vcenter-tls-verification",
  description: "The TLS certificate of every vCenter should be verified.",
  severity: "critical",
  enforcementLevel: "mandatory",
  validateStack: ({ resources }, report) => reportUnverified(VCENTERS, resources, report),
};
