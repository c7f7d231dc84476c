import fc from "fast-check";
import { UNKNOWN } from "../../../provider/core/unknown";
import type { certificateAuthorityResource } from "../../../provider/systems/certificates/certificate-authority/resource";
import { days, optional, subject } from "../../kit/generators";
import { PASSES, type SpecimenOf } from "../../kit/specimen";

export const specimen: SpecimenOf<typeof certificateAuthorityResource> = {
  generators: () => ({
    subject,
    keyAlgorithm: optional(fc.constantFrom("RSA", "ECDSA")),
    rsaBits: optional(fc.integer({ min: 2048, max: 8192 })),
    ecdsaCurve: optional(fc.constantFrom("P256", "P384")),
    validityDays: optional(days(4000)),
  }),
  recorded: () => ({ stateVersion: 1, notAfter: "2040-01-01T00:00:00Z" }),
  passing: () => ({ subject: { commonName: "Root" } }),
  rows: () => [
    ["bits not known yet beside a curve", { ecdsaCurve: "P256", rsaBits: UNKNOWN }, PASSES],
    ["no name", { subject: { organization: "a" } }, "subject.commonName", "must have a name"],
    ["no subject", { subject: undefined }, "subject", "must be an object"],
    ["escapes in the name", { subject: { commonName: "\u001b[2J" } }, "subject.commonName", "control characters"],
    ["another algorithm", { keyAlgorithm: "toString" }, "keyAlgorithm", '"RSA" or "ECDSA"'],
    ["an inherited curve", { ecdsaCurve: "constructor" }, "ecdsaCurve", '"P256" or "P384"'],
    ["few bits", { rsaBits: 1024 }, "rsaBits", "2048 to 8192"],
    ["bits as text", { rsaBits: "2048" }, "rsaBits", "2048 to 8192"],
    ["bits of another algorithm", { ecdsaCurve: "P256", rsaBits: 2048 }, "rsaBits", "only for keyAlgorithm RSA"],
    ["no days", { validityDays: 0 }, "validityDays", "from 1"],
    ["half a day", { validityDays: 0.5 }, "validityDays", "whole number"],
    ["days beyond the calendar", { validityDays: 1e21 }, "validityDays", "36500"],
  ],
  declared: { subject: {} },
};
