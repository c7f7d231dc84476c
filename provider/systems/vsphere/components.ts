/** Token of the component. */
export const VSPHERE_KEY_MANAGEMENT = "vsphere:ExternalKeyManagement";

/** How components may stand around a resource, from the outermost to the innermost. */
export const vsphereNestings: readonly (readonly string[])[] = [[VSPHERE_KEY_MANAGEMENT]];
