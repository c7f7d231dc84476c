import * as pulumi from "@pulumi/pulumi";
import { addDays, EARLY_RENEWAL_DAYS } from "../../provider/pki/validity";
import type { ResourceOf } from "../reference";

/** Outputs that a class works out, by its token. */
export const derived = {
  "pki:SignedCertificate": {
    /**
     * By what the program says now: another window changes no state before the certificate is signed anew. A test with
     * mocks may have no end of the certificate.
     */
    renewalTime: (
      { notAfter }: Pick<ResourceOf<"pki:SignedCertificate">, "notAfter">,
      { earlyRenewalDays }: { earlyRenewalDays?: pulumi.Input<number> },
    ): pulumi.Output<string> =>
      pulumi
        .all([notAfter, earlyRenewalDays])
        .apply(([end, days]) =>
          typeof end === "string" ? addDays(new Date(end), -(days ?? EARLY_RENEWAL_DAYS)).toISOString() : end,
        ),
  },
} as const;
