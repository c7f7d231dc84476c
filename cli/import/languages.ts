import { UsageError } from "../command";
import type { Language } from "./language";
import { python } from "./python";
import { typescript } from "./typescript";
import { yaml } from "./yaml";

/** By the names that `--language` takes. */
const languages: Readonly<Record<string, Language>> = { typescript, python, yaml };

const names = Object.keys(languages);

export const USUAL_LANGUAGE = "typescript";

/** What the help says of the option. */
export const LANGUAGES_IN_WORDS = `${new Intl.ListFormat("en-GB", { type: "disjunction" }).format(names)}; default ${USUAL_LANGUAGE}`;

/** @throws UsageError */
export function languageOf(name: string): Language {
  const language = Object.hasOwn(languages, name) ? languages[name] : undefined;
  if (language === undefined) throw new UsageError(`--language takes ${names.join(" or ")}, not ${name}`);
  return language;
}
