/** The property in which the SDK keeps the text. */
export const STUB = "__provider";

/**
 * The program text that a dynamic resource keeps in state: a constant, so that nothing is captured, an upgrade shows no
 * difference, and a destroy runs the installed package.
 */
export const stubOf = (token: string): string =>
  `exports.handler = () => require("pulumi-ekm/provider").dynamic("${token}");`;
