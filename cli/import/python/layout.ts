import { characterEscape, printable } from "../../printable";
import { Layout } from "../layout";

/** A string literal. */
export const literal = (text: string): string => `"${printable(text.replace(/["\\]/g, "\\$&"), characterEscape)}"`;

/** A name as the SDK for Python has it: `key_provider_id` for `keyProviderID`. */
export const pythonName = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();

export const layout = new Layout({
  width: 88,
  step: "    ",
  text: literal,
  truth: (value) => (value ? "True" : "False"),
  label: (name) => `"${pythonName(name)}": `,
  braces: ["{", "}"],
  breaksAfter: () => false,
});
