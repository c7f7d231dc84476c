import { isIP } from "node:net";
import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { element, vsphere } from "../../sdk";
import { eachOf } from "../each-of";
import { known } from "../known";

/**
 * An address stays with the cluster or the vCenter when the machine gets another one, and the day on which that is noticed is the day
 * on which a key is needed. A name can be moved, and a certificate can be issued for it.
 *
 * @severity low
 */
export const keyServerIpLiteral: ResourceValidationPolicy = {
  name: "key-server-ip-literal",
  description: "Key servers should be named, not addressed.",
  severity: "low",
  enforcementLevel: "advisory",
  validateResource: [
    validateResourceOfType(element.KeyServer, (props, _args, report) => check(known(props).hostnames ?? [], report)),
    ...eachOf<{ servers: { hostname: string }[] }>(
      [vsphere.KeyProvider, vsphere.TrustedKeyProvider],
      ({ servers = [] }, _args, report) => {
        const hosts = servers.map((server) => server?.hostname);
        check(hosts, report);
      },
    ),
  ],
};

function check(hosts: (string | undefined)[], report: ReportViolation): void {
  for (const host of hosts) {
    if (host !== undefined && isIP(host) !== 0) report(`The key server should have a host name instead of ${host}.`);
  }
}
