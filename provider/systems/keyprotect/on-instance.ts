import type { TlsVerification } from "../../connections/https/settings";
import { displayName, type Kind, oneOf, text } from "../../core/resource/kinds";
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

const tlsVerification: Kind<TlsVerification> = {
  ...oneOf("systemRoots", "caCertificate", "fingerprint256", "off"),
  name: "TlsVerification",
};

/** Outputs of everything that is in an instance. */
export const ofInstance = {
  instanceID: { kind: text, stable: true, doc: "GUID of the instance." },
  tlsVerification: { kind: tlsVerification, doc: "How the TLS certificate of the instance's API was verified." },
} as const;

/** What tells an object that was named by this package from one that a program named. */
export const keepingAutoName = { autoName: { kind: text, doc: "The name with this resource's mark." } } as const;

/** Left out where an object of the same instance is an argument: it is in that one's. */
export const inTheSameInstance = {
  instance: {
    ...onInstance.instance,
    doc: `${onInstance.instance.doc} Left out, that of the adapter where it is a resource.`,
  },
} as const;
