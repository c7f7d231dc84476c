import type { StackValidationPolicy } from "@pulumi/policy";
import { element } from "../../sdk";
import { daysBetween } from "../certificates";
import { known } from "../known";

interface Config {
  maxDays: number;
}

/**
 * The longer a key is in force, the more has been wrapped with it, and the more people have had a chance to copy it. Age
 * counts from the cluster's time, or from the record of its creation where that is later.
 *
 * @severity medium
 */
export const masterKeyAge: StackValidationPolicy = {
  name: "master-key-age",
  description: "Master keys should be rotated.",
  severity: "medium",
  enforcementLevel: "advisory",
  configSchema: { properties: { maxDays: { type: "integer", minimum: 1, default: 365 } } },
  validateStack({ resources, getConfig }, report) {
    const { maxDays } = getConfig<Config>();
    for (const { props, urn } of resources.filter((resource) => resource.isType(element.MasterKey))) {
      const { keyID, keyCreatedTime, recordedKeyID, recordedTime } = known(props);
      const times = [keyCreatedTime, keyID === recordedKeyID ? recordedTime : undefined]
        .filter((time) => typeof time === "string")
        .map((time) => Date.parse(time));
      const age = times.length === 0 ? 0 : daysBetween(new Date(Math.max(...times)), new Date());
      if (age > maxDays) report(`The master key should be at most ${maxDays} days old, not ${age}: set maxAge.`, urn);
    }
  },
};
