import { coveragePage } from "./coverage";
import { referencePages } from "./reference/pages";

/** Pages of `docs/` that are made from the sources, by path from there. */
export const pages = (): Readonly<Record<string, string>> => ({
  "coverage.md": coveragePage(),
  ...Object.fromEntries(Object.entries(referencePages()).map(([path, page]) => [`reference/${path}`, page])),
});
