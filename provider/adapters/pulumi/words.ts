import type { Words } from "../../core/words";

/** Pulumi's commands and resource options. */
export const PULUMI_WORDS: Words = {
  apply: '"pulumi up"',
  refreshAndApply: '"pulumi up --refresh"',
  deadlines: "customTimeouts",
  forget: "pulumi state delete",
  formerName: 'the resource option "aliases"',
  formerNameAsWritten: 'the resource option aliases, as in aliases: [{ name: "former" }]',
  formerNames: "aliases",
};
