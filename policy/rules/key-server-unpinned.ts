import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { withoutControlCharacters } from "../../provider/core/display";
import { fingerprintOf } from "../../provider/systems/vsphere/observed/pins";
import { vsphere } from "../../sdk";
import { eachOf } from "../each-of";
import type { Known } from "../known";

/**
 * Whoever has vCenter trust another certificate poses as its key server, and learns every key that is made from then on.
 * `trustedServers` of a key provider lists the certificates that were compared by somebody. What a server presents in the
 * place of them shows in the program's state once it is refreshed; of a provider that no program declares, nothing shows.
 *
 * @severity high
 */
export const keyServerUnpinned: ResourceValidationPolicy = {
  name: "key-server-unpinned",
  description: "The certificates of a vCenter's key servers should be pinned.",
  severity: "high",
  enforcementLevel: "advisory",
  validateResource: [
    ...eachOf<Pinned>([vsphere.KeyProvider, vsphere.TrustedKeyProvider], (props, _args, report) =>
      check(props, report),
    ),
    validateResourceOfType(vsphere.KeyProviderTrust, (props, _args, report) => {
      // The class takes them from the provider, where that is a resource of the program.
      if ("providerPins" in props) return;
      report("The key provider should be a resource of the program, whose trustedServers pins its key servers.");
    }),
  ],
};

interface Pinned {
  trustedServers: string[];
  presentedCertificates: { subject: string; fingerprint256: string }[];
}

function check({ trustedServers, presentedCertificates = [] }: Known<Partial<Pinned>>, report: ReportViolation): void {
  // One that is not known yet may be the one that is presented.
  if (trustedServers?.every((pin) => pin !== undefined) !== true) return;
  const pins = new Set(trustedServers.map(fingerprintOf));
  for (const { subject, fingerprint256 } of presentedCertificates.flatMap((each) => each ?? [])) {
    if (subject === undefined || fingerprint256 === undefined || pins.has(fingerprint256)) continue;
    const found = withoutControlCharacters(`"${subject}" with the SHA-256 fingerprint ${fingerprint256}`);
    report(`Key servers should present a certificate of trustedServers, not that of ${found}.`);
  }
}
