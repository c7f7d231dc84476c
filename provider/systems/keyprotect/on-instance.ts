import { tlsVerificationKind } from "../../connections/https/settings";
import { displayName, text } from "../../core/resource/kinds";
import { DEFAULT_INSTANCE } from "./default-instance";

/** The argument of everything that is in an instance. */
export const onInstance = {
  instance: {
    kind: displayName,
    optional: true,
    filled: DEFAULT_INSTANCE,
    doc: "Name of the instance's connection. A name that leads to an instance of another GUID is refused.",
    output: "Name of the instance's connection.",
  },
} as const;

/** Outputs of everything that is in an instance. */
export const ofInstance = {
  instanceID: { kind: text, stable: true, doc: "GUID of the instance." },
  tlsVerification: { kind: tlsVerificationKind, doc: "How the TLS certificate of the instance's API was verified." },
} as const;

/** Left out where an object of the same instance is an argument: it is in that one's. */
export const inTheSameInstance = {
  instance: {
    ...onInstance.instance,
    doc: `${onInstance.instance.doc} Left out, that of the adapter where it is a resource.`,
  },
} as const;
