import { coveragePage } from "../docs/coverage";
import { errorIndexPage } from "../docs/errors";
import type { Entry } from "../docs/reference/entry";
import { referencePages } from "../docs/reference/pages";
import { SECURITY_PAGE, securityPage } from "../docs/rights";

/** Nothing else is kept there: a page whose class is gone goes with it. */
export const REFERENCE = "docs/reference";

/** Pages that are made from the sources, by path from the project's folder. */
export const pages = (entries?: Entry[]): Readonly<Record<string, string>> => ({
  "docs/coverage.md": coveragePage(),
  "docs/errors/README.md": errorIndexPage(),
  [SECURITY_PAGE]: securityPage(),
  ...Object.fromEntries(Object.entries(referencePages(entries)).map(([path, page]) => [`${REFERENCE}/${path}`, page])),
});
