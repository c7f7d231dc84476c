/** What a person can do by the way in that a program goes, as that way in calls it: parts of ways out. */
export interface Words {
  /** The command that brings about what the program declares. */
  apply: string;
  /** The same, after a look at what there is. */
  refreshAndApply: string;
  /** The option that says how long a create, an update and a delete may take. */
  deadlines: string;
  /** The command that takes a resource out of state, and leaves what it stands for as it is. */
  forget: string;
  /** The option that says what a resource was called before. */
  formerName: string;
  /** The same, as it is written. */
  formerNameAsWritten: string;
  /** The same, of several resources. */
  formerNames: string;
}

/** A text that may name what only the way in knows. */
export type Text = string | ((words: Words) => string);

/** Of whoever has no commands and options of its own. */
export const PLAIN_WORDS: Words = {
  apply: "the program",
  refreshAndApply: "the program, after a look at what there is",
  deadlines: "the time that it may take",
  forget: "whatever takes them out of state",
  formerName: "whatever tells its former name",
  formerNameAsWritten: "whatever tells its former name",
  formerNames: "former names",
};

export const spoken = (text: Text, words: Words): string => (typeof text === "string" ? text : text(words));
