import type { StackValidationPolicy } from "@pulumi/policy";
import { providerIn } from "../../provider/systems/vsphere/observed/reference";
import { vsphere } from "../../sdk";
import { known } from "../known";

interface Config {
  minServers: number;
}

/**
 * Every machine that is encrypted from now on has its key from the default provider. While the only key server of that is
 * down, none of them can be started, and no host that has lost its keys gets them again.
 *
 * @severity high
 */
export const defaultKeyProviderSingleServer: StackValidationPolicy = {
  name: "default-key-provider-single-server",
  description: "Default key providers should not depend on a single key server.",
  severity: "high",
  enforcementLevel: "advisory",
  configSchema: { properties: { minServers: { type: "integer", minimum: 1, default: 2 } } },
  validateStack({ resources, getConfig }, report) {
    const { minServers } = getConfig<Config>();
    const defaults = resources
      .filter((resource) => resource.isType(vsphere.DefaultKeyProvider))
      .map(({ props }) => known(props));
    for (const { props, urn } of resources.filter((resource) => resource.isType(vsphere.KeyProvider))) {
      const { name, vcenterUuid, servers } = known(props);
      if (name === undefined || vcenterUuid === undefined || servers === undefined) continue;
      const isDefault = defaults.some(
        (each) =>
          each.keyProvider !== undefined &&
          providerIn(each.keyProvider).name === name &&
          each.vcenterUuid === vcenterUuid,
      );
      if (!isDefault || servers.length >= minServers) continue;
      report(`The default key provider should have at least ${minServers} key servers, not ${servers.length}.`, urn);
    }
  },
};
