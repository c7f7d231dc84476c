/** Token of the component. */
export const KMIP_ACCESS = "keyprotect:KmipAccess";

/** How components may stand around a resource, from the outermost to the innermost. */
export const keyProtectNestings: readonly (readonly string[])[] = [[KMIP_ACCESS]];
