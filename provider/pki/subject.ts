import { didYouMean } from "../core/nearest-name";
import { isUnknown } from "../core/unknown";
import { DerTag } from "./der";
import { encode, encodeOid, sequence } from "./der-writer";
import type { DistinguishedName } from "./distinguished-name";

/** The fields of a subject, named as the Element API names them. */
export interface Subject {
  /** Such as the cluster's host name. */
  commonName?: string;
  /** Legal name of the organization. */
  organization?: string;
  /** Department. */
  organizationalUnit?: string;
  /** City. */
  locality?: string;
  /** State or province. */
  state?: string;
  /** ISO 3166 code of two letters. */
  country?: string;
  /** ASCII. */
  emailAddress?: string;
}

interface Field {
  name: keyof Subject;
  oid: string;
  /** X.509's upper bound, in characters. */
  maximum: number;
  tag: number;
}

/** In the order in which a cluster writes them. */
export const SUBJECT_FIELDS: readonly Field[] = [
  { name: "commonName", oid: "2.5.4.3", maximum: 64, tag: DerTag.Utf8String },
  { name: "organization", oid: "2.5.4.10", maximum: 64, tag: DerTag.Utf8String },
  { name: "organizationalUnit", oid: "2.5.4.11", maximum: 64, tag: DerTag.Utf8String },
  { name: "locality", oid: "2.5.4.7", maximum: 128, tag: DerTag.Utf8String },
  { name: "state", oid: "2.5.4.8", maximum: 128, tag: DerTag.Utf8String },
  { name: "country", oid: "2.5.4.6", maximum: 2, tag: DerTag.PrintableString },
  { name: "emailAddress", oid: "1.2.840.113549.1.9.1", maximum: 255, tag: DerTag.Ia5String },
];

/** What X.509 would not take. `property` is the path of the subject; empty when its fields stand at the top. */
export function checkSubject(subject: unknown, property: string): { property: string; reason: string }[] {
  if (isUnknown(subject)) return [];
  if (typeof subject !== "object" || subject === null || Array.isArray(subject)) {
    return [{ property, reason: "must be an object" }];
  }
  const names = SUBJECT_FIELDS.map(({ name }) => name);
  const unknown = Object.keys(subject).find((name) => !(names as string[]).includes(name));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, names);
    const others = `${hint === "" ? "; there are" : `${hint} There are`} ${names.join(", ")}`;
    return [{ property, reason: `has the field "${unknown}", which no subject has${others}` }];
  }
  return SUBJECT_FIELDS.flatMap((field) => {
    const value: unknown = (subject as Subject)[field.name];
    if (value === undefined || isUnknown(value)) return [];
    const reason = complaint(field, value);
    return reason === undefined ? [] : [{ property: property ? `${property}.${field.name}` : field.name, reason }];
  });
}

/** The distinguished name that a subject stands for, as DER. */
export function encodeSubject(subject: Subject): Buffer {
  const names = SUBJECT_FIELDS.flatMap(({ name, oid, tag }) => {
    const value = subject[name];
    if (value === undefined) return [];
    return [encode(DerTag.Set, sequence(encodeOid(oid), encode(tag, Buffer.from(value))))];
  });
  return sequence(...names);
}

export const sameSubjects = (a: Subject, b: Subject): boolean =>
  SUBJECT_FIELDS.every(({ name }) => a[name] === b[name]);

/** The first value of each well-known field. */
export function subjectOf(name: DistinguishedName): Subject {
  const attributes = name.flat();
  const subject: Subject = {};
  for (const field of SUBJECT_FIELDS) {
    const value = attributes.find(({ type }) => type === field.oid)?.value;
    if (value !== undefined) subject[field.name] = value;
  }
  return subject;
}

function complaint({ name, maximum }: Field, value: unknown): string | undefined {
  if (typeof value !== "string") return "must be a string";
  if (value === "") return "must not be empty: leave it out instead";
  if (/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(value)) return "must not contain control characters";
  if (name === "country") return /^[A-Za-z]{2}$/.test(value) ? undefined : "must be a code of two letters, such as US";
  if ([...value].length > maximum) return `must have at most ${maximum} characters`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII itself
  if (name === "emailAddress" && !/^[\x00-\x7f]*$/.test(value)) return "must be ASCII";
  return undefined;
}
