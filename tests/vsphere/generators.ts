import fc from "fast-check";

/** Names of connections: one is configured as it should be, one is insecure, one is not configured. */
export const vcenter = fc.constantFrom("default", "default", "default", "insecure", "elsewhere");

/** A fingerprint of what a test needs none of. */
export const PIN = Array.from({ length: 32 }, () => "AB").join(":");
export const OTHER_PIN = "cd".repeat(32);

/** Ids of key providers of both kinds. */
export const keyProvider = fc.constantFrom("storage", "storage-1a2b3c4#00ff00ff", "domain-c8/storage#00ff00ff");

export const UUID = "0f8fad5b-d9cb-469f-a165-70867728950e";

/** What state has of everything that is on a vCenter. */
export const recordedIdentity = { stateVersion: 1, vcenterUuid: UUID, tlsVerification: "systemRoots" };
