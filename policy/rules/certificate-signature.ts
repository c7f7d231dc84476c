import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { titleOf, weakSignature } from "../../provider/pki";
import { element, vsphere } from "../../sdk";
import { certificatesIn } from "../certificates";
import { known } from "../known";

/**
 * A signature that rests on MD5 or SHA-1 can be moved to a certificate that the authority never issued. The provider
 * refuses such a client certificate, and only warns of such an authority: somebody may still have to use it.
 *
 * @severity critical
 */
export const certificateSignature: ResourceValidationPolicy = {
  name: "certificate-signature",
  description: "Certificates should not be signed with a hash that can be forged.",
  severity: "critical",
  enforcementLevel: "mandatory",
  validateResource: [
    validateResourceOfType(element.KeyServer, (props, _args, report) => {
      const { clientCertificate, caCertificate } = known(props);
      check([clientCertificate, caCertificate], report);
    }),
    validateResourceOfType(vsphere.KeyProviderTrust, (props, _args, report) => {
      check([known(props).certificate], report);
    }),
  ],
};

function check(pems: (string | undefined)[], report: ReportViolation): void {
  for (const certificate of pems.flatMap(certificatesIn)) {
    const algorithm = weakSignature(certificate);
    if (algorithm === undefined) continue;
    report(`The ${titleOf(certificate)} should be signed with SHA-256 or better, not ${algorithm}.`);
  }
}
