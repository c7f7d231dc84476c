import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Spelling } from "./spellings";

/** Where a secret was found, and how it was written there. */
export interface Finding {
  place: string;
  spelling: string;
}

/** What may hold a secret: texts by the name of their place, one byte a character. */
export type Places = Record<string, string>;

export const search = (places: Places, spellings: Spelling[]): Finding[] =>
  Object.entries(places).flatMap(([place, text]) => {
    const joined = text.replace(LINE_ENDS, "");
    return spellings
      .filter((it) => text.includes(it.text) || (it.wrapped && joined.includes(it.text)))
      .map(({ name }) => ({ place, spelling: name }));
  });

/** As they are, and as JSON, JSON in JSON and URLs write them. */
const LINE_ENDS = /\s|\\+[rn]|%0[AaDd]/g;

/** The files below a folder. What goes away meanwhile holds nothing. */
export const filesBelow = (folder: string): Places =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [relative(folder, file), readFileSync(file, "latin1")]),
  );

/** Texts of this process, byte by byte. */
export const texts = (byName: Record<string, string>): Places =>
  Object.fromEntries(Object.entries(byName).map(([name, text]) => [name, Buffer.from(text).toString("latin1")]));
