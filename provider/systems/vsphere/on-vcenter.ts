import { tlsVerificationKind } from "../../connections/https/settings";
import { displayName, text } from "../../core/resource/kinds";
import { DEFAULT_VCENTER } from "./default-vcenter";

/** The argument of everything that is on a vCenter. */
export const onVcenter = {
  vcenter: {
    kind: displayName,
    optional: true,
    filled: DEFAULT_VCENTER,
    doc: "Name of the vCenter's connection. A name that leads to a vCenter of another identity is refused.",
    output: "Name of the vCenter's connection.",
  },
} as const;

/** Outputs of everything that is on a vCenter. */
export const ofVcenter = {
  vcenterUuid: { kind: text, stable: true, doc: "Identity of the vCenter: its `instanceUuid`." },
  tlsVerification: { kind: tlsVerificationKind, doc: "How the vCenter's TLS certificate was verified." },
} as const;

/** Left out where an object of the same vCenter is an argument: it is on that one's. */
export const inTheSameVcenter = {
  vcenter: {
    ...onVcenter.vcenter,
    doc: `${onVcenter.vcenter.doc} Left out, that of the key provider where it is a resource.`,
  },
} as const;
