import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { element, keyprotect, pki, vsphere } from "../../sdk";
import { certificatesIn, daysBetween } from "../certificates";
import { eachOf } from "../each-of";
import { known } from "../known";

interface Config {
  maxDays: number;
}

/**
 * A client certificate is what a key server hands out keys for, and few key servers look at revocation lists: what was
 * stolen works until it ends. Renewal changes neither the key pair nor the master key, so a short life costs nothing.
 *
 * @severity medium
 */
export const clientCertificateLifetime: ResourceValidationPolicy = {
  name: "client-certificate-lifetime",
  description: "Client certificates should not be valid for long.",
  severity: "medium",
  enforcementLevel: "advisory",
  configSchema: { properties: { maxDays: { type: "integer", minimum: 1, default: 398 } } },
  validateResource: [
    validateResourceOfType(element.KeyServer, (props, args, report) => {
      // Its issuers follow it, and may live longer.
      const [own] = certificatesIn(known(props).clientCertificate);
      if (own === undefined) return;
      check(daysBetween(own.validFromDate, own.validToDate), args.getConfig<Config>(), report);
    }),
    ...eachOf<{ certificate: string }>(
      [keyprotect.KmipClientCertificate, vsphere.KeyProviderTrust],
      ({ certificate }, args, report) => {
        const [own] = certificatesIn(certificate);
        if (own !== undefined) check(daysBetween(own.validFromDate, own.validToDate), args.getConfig<Config>(), report);
      },
    ),
    validateResourceOfType(pki.SignedCertificate, (props, args, report) => {
      check(known(props).validityDays ?? 0, args.getConfig<Config>(), report);
    }),
  ],
};

function check(days: number, { maxDays }: Config, report: ReportViolation): void {
  if (days > maxDays) report(`The client certificate should be valid for at most ${maxDays} days, not for ${days}.`);
}
