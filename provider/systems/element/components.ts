/** Tokens of the components. */
export const EXTERNAL_KEY_MANAGEMENT = "element:ExternalKeyManagement";
export const FLEET = "element:Fleet";

/** How components may stand around a resource, from the outermost to the innermost. */
export const elementNestings: readonly (readonly string[])[] = [
  [],
  [EXTERNAL_KEY_MANAGEMENT],
  [FLEET],
  [FLEET, EXTERNAL_KEY_MANAGEMENT],
];
