/** Name of the connection that is meant where none is named. */
export const DEFAULT_CLUSTER = "default";
