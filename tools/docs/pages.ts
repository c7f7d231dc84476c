import { coveragePage } from "./coverage";

/** Pages of `docs/` that are made from the sources, by file name. */
export const pages = (): Readonly<Record<string, string>> => ({ "coverage.md": coveragePage() });
