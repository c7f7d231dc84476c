/** Name of the connection that a resource has where its program names no other one. */
export const DEFAULT_CLUSTER = "default";
