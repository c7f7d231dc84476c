import type { HttpsSettings } from "../../provider/connections/https/settings";
import { certificateFile } from "./certificate-files";
import type { ProgramFrame } from "./importer";
import type { Language } from "./language";
import type { Plan } from "./plan";

/** Contents by path, in a folder of their own. */
export type ProjectFiles = ReadonlyMap<string, string>;

/** A whole Pulumi project around the program. */
export function projectFiles<Settings extends HttpsSettings>(
  plan: Plan,
  frame: ProgramFrame<Settings>,
  settings: Settings,
  language: Language,
): ProjectFiles {
  return new Map([
    ...language.files(plan, frame),
    ...[...plan.certificates].map(([name, pem]): [string, string] => [certificateFile(name), pem]),
    ...authorityFiles(frame, settings),
  ]);
}

/** The authorities that the connection names. */
const authorityFiles = <Settings extends HttpsSettings>(
  { certificateFiles }: Pick<ProgramFrame<Settings>, "certificateFiles">,
  settings: Settings,
): [string, string][] =>
  Object.entries<string | undefined>(certificateFiles).flatMap(([member, name = ""]) => {
    const pem = settings[member as keyof Settings];
    return pem === undefined ? [] : [[certificateFile(name), String(pem)]];
  });
