import fc from "fast-check";
import type { signedCertificateResource } from "../../../provider/systems/certificates/signed-certificate/resource";
import { days, optional, triggers } from "../../kit/generators";
import type { SpecimenOf } from "../../kit/specimen";

export const specimen: SpecimenOf<typeof signedCertificateResource> = {
  generators: ({ ca, caKey, otherCa, request }) => ({
    certificateSigningRequest: fc.constant(request),
    caCertificate: fc.constantFrom(ca, otherCa + ca),
    caPrivateKey: fc.constant(caKey),
    validityDays: optional(days(1000)),
    earlyRenewalDays: optional(days(40)),
    renewalTriggers: optional(triggers),
    includeIssuers: optional(fc.boolean()),
  }),
  recorded: ({ client }) => ({
    stateVersion: 1,
    certificate: client,
    notAfter: "2027-06-01T00:00:00Z",
    renewalTime: "2027-05-01T00:00:00Z",
  }),
  passing: ({ ca, caKey, request }) => ({ certificateSigningRequest: request, caCertificate: ca, caPrivateKey: caKey }),
  rows: ({ request }) => [
    [
      "a request in a list",
      { certificateSigningRequest: [request] },
      "",
      "certificateSigningRequest: must be one text",
    ],
    ["a renewal before the beginning", { earlyRenewalDays: 365 }, "earlyRenewalDays", "less than validityDays"],
    ["no request", { certificateSigningRequest: undefined }, "certificateSigningRequest", "empty"],
  ],
  declared: { certificateSigningRequest: "", caCertificate: "", caPrivateKey: "" },
};
