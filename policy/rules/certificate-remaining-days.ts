import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { element, keyprotect, vsphere } from "../../sdk";
import { certificatesIn, daysBetween } from "../certificates";
import { eachOf } from "../each-of";
import { known } from "../known";

interface Config {
  minDays: number;
}

/**
 * When a client certificate or the key server's authority ends, the cluster cannot fetch its master key any more: the
 * next time it starts, its volumes stay locked. When that of a vCenter or of its key server ends, no encrypted machine can be
 * started. Of several authorities, as during a change of them, the last one counts; of a client certificate and those that
 * issued it, the first.
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
      [keyprotect.KmipClientCertificate, vsphere.ClientCertificate, vsphere.KeyProviderTrust],
      ({ certificate }, args, report) => {
        check("client certificate", certificate, Math.min, args.getConfig<Config>(), report);
      },
    ),
    ...eachOf<{ presentedCertificates: { notAfter: string }[] }>(
      [vsphere.KeyProvider, vsphere.TrustedKeyProvider],
      ({ presentedCertificates = [] }, args, report) => {
        // Servers present one each: whichever ends first, its server is lost.
        const ends = presentedCertificates.flatMap((each) =>
          each?.notAfter === undefined ? [] : [new Date(each.notAfter)],
        );
        checkEnds("certificate of a key server", ends, Math.min, args.getConfig<Config>(), report);
      },
    ),
  ],
};

type Decisive = (...days: number[]) => number;

function check(
  what: string,
  pem: string | undefined,
  decisive: Decisive,
  config: Config,
  report: ReportViolation,
): void {
  const ends = certificatesIn(pem).map(({ validToDate }) => validToDate);
  checkEnds(what, ends, decisive, config, report);
}

function checkEnds(what: string, ends: Date[], decisive: Decisive, { minDays }: Config, report: ReportViolation): void {
  const left = ends.length === 0 ? minDays : decisive(...ends.map((end) => daysBetween(new Date(), end)));
  if (left < minDays) report(`The ${what} should be valid for ${minDays} more days, not for ${Math.max(left, 0)}.`);
}
