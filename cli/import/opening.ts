import type { HttpsSettings } from "../../provider/connections/https/settings";
import type { ProgramFrame } from "./importer";
import type { Plan } from "./plan";
import { comment } from "./remark";

/** What of a frame stands in a program. */
export type ProgramText = Pick<
  ProgramFrame<HttpsSettings>,
  "module" | "defaultConnection" | "projectDescription" | "protectedData"
> & {
  system: { noun: string };
};

/** How every program begins: what it is, and what there is to know of its system. */
export function opening({ system, remarks }: Plan, { protectedData }: ProgramText, sign?: string): string {
  const written = `Written by "ekm import": adopts what ${system} has for external key management. Everything is protected: a destroy would take the keys of ${protectedData} away. "adopt" is of use at the first run alone and may be removed afterwards.`;
  const lines = [written, ...(remarks.length > 0 ? ["", ...remarks] : [])];
  return lines.map((line) => comment(line, sign).trimEnd()).join("\n");
}
