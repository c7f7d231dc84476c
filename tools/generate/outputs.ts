import type { Description, Output } from "../../provider/core/resource/description";

/** Outputs in the order in which a reader meets them: the place, what was given, what came of it. */
export function outputsOf(description: Description): [string, Output][] {
  const { arguments: given, wired = {}, foreseen = {}, expected = {}, outputs } = description;
  const seen = Object.entries(given)
    .filter(([, { unseen }]) => !unseen)
    .map(([name, { kind, doc, output = doc, secret, optional, filled, always }]): [string, Output] => {
      const isAbsent = optional && filled === undefined && !always;
      return [name, { kind, doc: output, ...(secret && { secret }), ...(isAbsent && { optional }) }];
    });
  const shown = Object.entries(wired).filter(([, { hidden }]) => !hidden);
  return [...seen, ...shown, ...Object.entries(foreseen), ...Object.entries(expected), ...Object.entries(outputs)];
}
