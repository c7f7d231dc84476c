import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { element, keyprotect, vsphere } from "../../sdk";
import { certificatesIn, daysBetween, reportRemaining } from "../certificates";
import { eachOf } from "../each-of";
import { known } from "../known";

interface Config {
  minDays: number;
}

/**
 * When a client certificate or the key server's authority ends, the cluster cannot fetch its master key any more: the
 * next time it starts, its volumes stay locked. When that of a vCenter ends, no encrypted machine can be started. Of several
 * authorities, as during a change of them, the last one counts; of a client certificate and those that issued it, the first.
 *
 * @severity high
 */
export const certificateRemainingDays: ResourceValidationPolicy = {
  name: "certificate-remaining-days",
  description: "Certificates of key servers should be renewed in time.",
  severity: "high",
  enforcementLevel: "advisory",
  configSchema: { properties: { minDays: { type: "integer", minimum: 0, default: 30 } } },
  validateResource: [
    validateResourceOfType(element.KeyServer, (props, args, report) => {
      const { clientCertificate, caCertificate } = known(props);
      check("client certificate", clientCertificate, Math.min, args.getConfig<Config>(), report);
      check("CA certificate", caCertificate, Math.max, args.getConfig<Config>(), report);
    }),
    ...eachOf<{ certificate: string }>(
      [keyprotect.KmipClientCertificate, vsphere.KeyProviderTrust],
      ({ certificate }, args, report) => {
        check("client certificate", certificate, Math.min, args.getConfig<Config>(), report);
      },
    ),
  ],
};

function check(
  what: string,
  pem: string | undefined,
  decisive: (...days: number[]) => number,
  { minDays }: Config,
  report: ReportViolation,
): void {
  const left = certificatesIn(pem).map(({ validToDate }) => daysBetween(new Date(), validToDate));
  if (left.length > 0) reportRemaining(what, decisive(...left), minDays, report);
}
