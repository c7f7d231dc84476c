import { coveragePage } from "./coverage";
import { errorIndexPage } from "./errors";
import type { Entry } from "./reference/entry";
import { referencePages } from "./reference/pages";

/** Pages of `docs/` that are made from the sources, by path from there. */
export const pages = (entries?: Entry[]): Readonly<Record<string, string>> => ({
  "coverage.md": coveragePage(),
  "errors/README.md": errorIndexPage(),
  ...Object.fromEntries(Object.entries(referencePages(entries)).map(([path, page]) => [`reference/${path}`, page])),
});
