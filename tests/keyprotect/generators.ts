import fc from "fast-check";

/** Names of connections: one is configured as it should be, one is insecure, one is not configured. */
export const instance = fc.constantFrom("default", "default", "default", "insecure", "elsewhere");

/** An ID of what a test needs none of. */
export const ID = "0f8fad5b-d9cb-469f-a165-70867728950e";
export const OTHER_ID = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

export const id = fc.constantFrom(ID, OTHER_ID);

/** What state has of everything that is in an instance. */
export const recordedIdentity = { stateVersion: 1, instanceID: ID, tlsVerification: "systemRoots" };
