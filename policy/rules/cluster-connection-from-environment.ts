import type { StackValidationPolicy } from "@pulumi/policy";
import { CLUSTERS, reportFromEnvironment } from "../connections";

/**
 * Where a cluster is, and how it is verified, is then different on every machine, and no reviewer sees it. User name and
 * password may come from the environment; the address belongs to the program or the stack configuration.
 *
 * @severity medium
 */
export const clusterConnectionFromEnvironment: StackValidationPolicy = {
  name: "cluster-connection-from-environment",
  description: "Connections to clusters should be configured where they are reviewed.",
  severity: "medium",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, report) => reportFromEnvironment(CLUSTERS, resources, report),
};
