import type { X509Certificate } from "node:crypto";
import { type ReportViolation, type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import { titleOf } from "../../provider/pki";
import { element, vsphere } from "../../sdk";
import { certificatesIn } from "../certificates";
import { eachOf } from "../each-of";
import { known } from "../known";

interface Config {
  minRsaBits: number;
  minEcBits: number;
}

/**
 * Whoever finds a certificate's private key from its public one poses as the cluster or the vCenter, or as the key server.
 * RSA of 2048 bits and curves of 256 are what NIST SP 800-57 accepts until 2030.
 *
 * @severity high
 */
export const certificateKeySize: ResourceValidationPolicy = {
  name: "certificate-key-size",
  description: "Keys of certificates should be long enough.",
  severity: "high",
  enforcementLevel: "mandatory",
  configSchema: {
    properties: {
      minRsaBits: { type: "integer", minimum: 1024, default: 2048 },
      minEcBits: { type: "integer", minimum: 160, default: 256 },
    },
  },
  validateResource: [
    validateResourceOfType(element.KeyServer, (props, args, report) => {
      const { clientCertificate, caCertificate } = known(props);
      check([clientCertificate, caCertificate], args.getConfig<Config>(), report);
    }),
    validateResourceOfType(vsphere.KeyProviderTrust, (props, args, report) => {
      check([known(props).certificate], args.getConfig<Config>(), report);
    }),
    ...eachOf<{ trustedServers: string[] }>(
      [vsphere.KeyProvider, vsphere.TrustedKeyProvider],
      ({ trustedServers = [] }, args, report) => check(trustedServers, args.getConfig<Config>(), report),
    ),
  ],
};

function check(pems: (string | undefined)[], { minRsaBits, minEcBits }: Config, report: ReportViolation): void {
  for (const certificate of pems.flatMap(certificatesIn)) {
    const { kind, bits } = keyOf(certificate);
    const minimum = kind === "RSA" ? minRsaBits : minEcBits;
    if (bits < minimum) {
      report(`The key of ${titleOf(certificate)} should have at least ${minimum} bits of ${kind}, not ${bits}.`);
    }
  }
}

/** Every other kind of key has one size, which is enough. */
function keyOf({ publicKey }: X509Certificate): { kind: "RSA" | "EC"; bits: number } {
  const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined) return { kind: "RSA", bits: modulusLength };
  // Such as prime256v1 or secp384r1.
  const digits = /\d{3}/.exec(namedCurve ?? "");
  return { kind: "EC", bits: digits === null ? Number.POSITIVE_INFINITY : Number(digits[0]) };
}
