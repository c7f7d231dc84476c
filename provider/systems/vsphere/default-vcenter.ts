/** Name of the connection that a resource is on when it names none. */
export const DEFAULT_VCENTER = "default";
