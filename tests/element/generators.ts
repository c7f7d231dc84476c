import fc from "fast-check";
import { id, name, optional } from "../kit/generators";

/** Names of connections: one is configured as it should be, one is insecure, one is not configured. */
export const cluster = fc.constantFrom("default", "default", "default", "insecure", "elsewhere");
export const adopt = fc.constantFrom("match", "1", "77");

/** Who holds a key. */
export const heldBy = {
  keyProvider: optional(id),
  keyProviderName: optional(name),
  takeOver: optional(fc.boolean()),
  adopt: optional(fc.constant("match" as const)),
};

/** What state has of everything that is on a cluster. */
export const recordedIdentity = { stateVersion: 1, clusterUniqueID: "abcd", tlsVerification: "systemRoots" };
