import type { Description } from "../../../provider/core/resource/description";
import { displayName } from "../../../provider/core/resource/kinds";

/** Resources whose connection is not named by the noun of their system, or that mean something else by it. */
export const wrongNouns = (
  descriptions: readonly Description[],
  nouns: Readonly<Record<string, string | undefined>>,
): string[] =>
  descriptions.flatMap((description) => {
    const { token, calls = [], arguments: given, ...others } = description;
    const noun = nouns[token.split(":")[0] ?? ""];
    if (noun === undefined) return calls.length > 0 ? [`${token} makes calls, and its system has no connections`] : [];
    const meansElse = Object.entries(others).filter(([, properties]) => Object.hasOwn(Object(properties), noun));
    return [
      ...(calls.length > 0 && given[noun] === undefined ? [`${token} has no argument ${noun}`] : []),
      ...(given[noun] !== undefined && given[noun].kind !== displayName ? [`${token} has another ${noun}`] : []),
      ...meansElse.map(([group]) => `${token} has another ${noun} among its ${group}`),
    ];
  });
