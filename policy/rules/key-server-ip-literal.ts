import { isIP } from "node:net";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { element } from "../../sdk";
import { known } from "../known";

/**
 * An address stays with the cluster when the machine gets another one, and the day on which that is noticed is the day
 * on which the cluster needs its key. A name can be moved, and a certificate can be issued for it.
 *
 * @severity low
 */
export const keyServerIpLiteral: ResourceValidationPolicy = {
  name: "key-server-ip-literal",
  description: "Key servers should be named, not addressed.",
  severity: "low",
  enforcementLevel: "advisory",
  validateResource: validateResourceOfType(element.KeyServer, (props, _args, report) => {
    for (const host of known(props).hostnames ?? []) {
      if (host !== undefined && isIP(host) !== 0) report(`The key server should have a host name instead of ${host}.`);
    }
  }),
};
