import type { Description } from "../../../core/resource/description";
import { UNKNOWN } from "../../../core/unknown";
import type { Properties } from "../resource/calls";

/** Outputs of a resource that a preview is about: what inputs tell, and of the others that they are not known yet. */
export const outputsOfCreate = (description: Description, inputs: Properties): Properties => ({
  ...unknown(Object.keys(description.outputs)),
  ...inputs,
});

/** The same of an update: what lasts as long as the object is known from state. */
export function outputsOfUpdate(description: Description, olds: Properties, inputs: Properties): Properties {
  const stable = stablesOf(description);
  const changing = Object.keys(description.outputs).filter((name) => !stable.includes(name));
  const lasting = Object.fromEntries(stable.filter((name) => name in olds).map((name) => [name, olds[name]]));
  return { ...unknown(changing), ...lasting, ...inputs };
}

/** Outputs that stay the same as long as the object exists. */
export const stablesOf = ({ outputs }: Description): string[] =>
  Object.entries(outputs).flatMap(([name, { stable }]) => (stable ? [name] : []));

const unknown = (names: string[]): Properties => Object.fromEntries(names.map((name) => [name, UNKNOWN]));
