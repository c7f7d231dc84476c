import type { StackValidationPolicy } from "@pulumi/policy";
import { keyprotect } from "../../sdk";
import { daysBetween } from "../certificates";
import { known } from "../known";

interface Config {
  maxDays: number;
}

/**
 * Whatever KMIP clients have made since the last rotation is wrapped under one version of the root key. Rotating it costs a
 * call: what older versions wrap stays readable.
 *
 * @severity medium
 */
export const rootKeyAge: StackValidationPolicy = {
  name: "root-key-age",
  description: "Root keys should be rotated.",
  severity: "medium",
  enforcementLevel: "advisory",
  configSchema: { properties: { maxDays: { type: "integer", minimum: 1, default: 365 } } },
  validateStack({ resources, getConfig }, report) {
    const { maxDays } = getConfig<Config>();
    for (const { props, urn } of resources.filter((resource) => resource.isType(keyprotect.RootKey))) {
      const { keyVersionCreated } = known(props);
      const age = typeof keyVersionCreated === "string" ? daysBetween(new Date(keyVersionCreated), new Date()) : 0;
      if (age > maxDays)
        report(`The root key's version should be at most ${maxDays} days old, not ${age}: set maxAge.`, urn);
    }
  },
};
