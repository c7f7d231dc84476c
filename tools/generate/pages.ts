import { coveragePage } from "../docs/coverage";
import { errorIndexPage } from "../docs/errors";
import type { Entry } from "../docs/reference/entry";
import { referencePages } from "../docs/reference/pages";

/** Nothing else is kept there: a page whose class is gone goes with it. */
export const REFERENCE = "docs/reference";

/** Pages of `docs/` that are made from the sources, by path from the project's folder. */
export const pages = (entries?: Entry[]): Readonly<Record<string, string>> => ({
  "docs/coverage.md": coveragePage(),
  "docs/errors/README.md": errorIndexPage(),
  ...Object.fromEntries(Object.entries(referencePages(entries)).map(([path, page]) => [`${REFERENCE}/${path}`, page])),
});
