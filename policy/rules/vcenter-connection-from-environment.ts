import type { StackValidationPolicy } from "@pulumi/policy";
import { reportFromEnvironment, VCENTERS } from "../connections";

/**
 * Where a vCenter is, and how it is verified, is then different on every machine, and no reviewer sees it. User name and
 * password may come from the environment; the address belongs to the program or the stack configuration.
 *
 * @severity medium
 */
export const vcenterConnectionFromEnvironment: StackValidationPolicy = {
  name: "vcenter-connection-from-environment",
  description: "Connections to vCenters should be configured where they are reviewed.",
  severity: "medium",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, report) => reportFromEnvironment(VCENTERS, resources, report),
};
