import type { StackValidationPolicy } from "@pulumi/policy";
import { vsphere } from "../../sdk";
import { daysBetween, reportRemaining } from "../certificates";
import { type Known, known } from "../known";

interface Config {
  minDays: number;
}

/**
 * vCenter trusts what is pinned, and so the certificate of a key server has to be pinned anew before it is renewed: both beside
 * one another, until the server presents the new one. What it presents was seen at the last update or refresh.
 *
 * @severity high
 */
export const keyServerCertificateRemainingDays: StackValidationPolicy = {
  name: "key-server-certificate-remaining-days",
  description: "What a vCenter's key servers present should be renewed in time.",
  severity: "high",
  enforcementLevel: "advisory",
  configSchema: { properties: { minDays: { type: "integer", minimum: 0, default: 30 } } },
  validateStack({ resources, getConfig }, report) {
    const { minDays } = getConfig<Config>();
    const providers = resources.filter((it) => it.isType(vsphere.KeyProvider) || it.isType(vsphere.TrustedKeyProvider));
    for (const { props, urn } of providers) {
      const { presentedCertificates = [] } = known(props) as Known<{ presentedCertificates?: { notAfter: string }[] }>;
      for (const notAfter of presentedCertificates.map((each) => each?.notAfter)) {
        if (notAfter === undefined) continue;
        const left = daysBetween(new Date(), new Date(notAfter));
        reportRemaining("certificate of the key server", left, minDays, (message) => report(message, urn));
      }
    }
  },
};
