import type { StackValidationPolicy } from "@pulumi/policy";
import { CLUSTERS, reportUnverified } from "../connections";

/**
 * Whoever sits on the path to a cluster whose TLS certificate is not verified reads its administrator's password, and
 * can give it another key server. What the environment says (`EKM_CLUSTERS`) shows only in the output `tlsVerification`
 * of resources that exist.
 *
 * @severity critical
 */
export const clusterTlsVerification: StackValidationPolicy = {
  name: "cluster-tls-verification",
  description: "The TLS certificate of every cluster should be verified.",
  severity: "critical",
  enforcementLevel: "mandatory",
  validateStack: ({ resources }, report) => reportUnverified(CLUSTERS, resources, report),
};
