import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { element } from "../../sdk";
import { known } from "../known";

interface Config {
  minHosts: number;
}

/**
 * A cluster that starts while its key server is down has no master key, and serves nothing. A provider holds one key
 * server, so its hosts are what makes it more than one machine.
 *
 * @severity high
 */
export const keyServerSingleHost: ResourceValidationPolicy = {
  name: "key-server-single-host",
  description: "Key servers should not be a single point of failure.",
  severity: "high",
  enforcementLevel: "advisory",
  configSchema: { properties: { minHosts: { type: "integer", minimum: 1, default: 2 } } },
  validateResource: validateResourceOfType(element.KeyServer, (props, args, report) => {
    const { hostnames } = known(props);
    const { minHosts } = args.getConfig<Config>();
    if (hostnames !== undefined && hostnames.length < minHosts) {
      report(`The key server should have at least ${minHosts} hosts, not ${hostnames.length}.`);
    }
  }),
};
