import { isIP } from "node:net";
import { isDisplayable } from "../display";
import { type Duration, durationSeconds } from "../duration";
import { isUnknown } from "../unknown";

/** A complaint about a value, or about a part of it. */
export interface Complaint {
  /** From the value itself: empty, or such as `[1]`. */
  path: string;
  /** Follows the property's name in a sentence. */
  reason: string;
}

/** A type, as schemas of packages write it. */
export type SchemaType =
  | { type: "string" | "boolean" | "integer" }
  | { type: "array"; items: SchemaType }
  | { type: "object"; additionalProperties: SchemaType }
  | { $ref: string };

/** Values that a property may have. */
export interface Kind<T> {
  /** As TypeScript writes the type of a value that is known. */
  readonly typescript: string;
  readonly schema: SchemaType;
  /** Of a type that several resources have. */
  readonly name?: string;
  /** All values of a kind that has a few texts. */
  readonly values?: readonly string[];
  /** Of the elements of a list, or of the values of an object with whatever names. */
  readonly element?: Kind<unknown>;
  /** Of an object, or of a list of objects. */
  readonly object?: ObjectKind<unknown>;
  /** Complaints about a value. A part that is not known yet is left for later. */
  complaints(value: unknown): Complaint[];
  /** The type itself: no value has this member. */
  readonly type?: T;
}

/** The type of a kind's values. */
export type ValueOf<K> = K extends Kind<infer T> ? T : never;

type Judge = (value: unknown) => string | undefined;

const plain = <T>(typescript: string, schema: SchemaType, judge: Judge): Kind<T> => ({
  typescript,
  schema,
  complaints(value) {
    const reason = isUnknown(value) ? undefined : judge(value);
    return reason === undefined ? [] : [{ path: "", reason }];
  },
});

/** A text that a judge finds nothing wrong with. */
export const asText = <T extends string = string>(judge: Judge): Kind<T> => plain("string", { type: "string" }, judge);

export const text: Kind<string> = asText((value) => (typeof value === "string" ? undefined : "must be a string"));

/** PEM. The lifecycles read it: each has its own rules about what is inside. */
export const pem: Kind<string> = { ...text, complaints: () => [] };

/** ISO 8601. */
export const time = text;

export const truth: Kind<boolean> = plain("boolean", { type: "boolean" }, (value) =>
  typeof value === "boolean" ? undefined : "must be true or false",
);

export const integer = (minimum = 0, maximum = Number.MAX_SAFE_INTEGER, noun = "a whole number"): Kind<number> =>
  plain("number", { type: "integer" }, (value) =>
    Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= maximum
      ? undefined
      : `must be ${noun}${maximum < Number.MAX_SAFE_INTEGER ? ` from ${minimum} to ${maximum}` : ""}`,
  );

export const port = integer(1, 65_535, "a port: a whole number");

const DAYS_LIMIT = 36_500;
/** At most a hundred years. */
export const days = (minimum: number): Kind<number> => integer(minimum, DAYS_LIMIT, "a whole number of days");

const MAX_NAME = 255;

/** A name that people give and read. */
export const displayName: Kind<string> = asText((value) => {
  if (typeof value !== "string") return "must be a string";
  if (value.trim() === "") return "must not be blank";
  if (value.length > MAX_NAME) return `must have at most ${MAX_NAME} characters`;
  if (!isDisplayable(value)) return "must not contain control characters";
  return undefined;
});

const isObjectId = (value: unknown): boolean =>
  typeof value === "string" && /^[1-9][0-9]{0,15}$/.test(value) && Number.isSafeInteger(Number(value));

/** The id of an object that a system numbers, as text. */
export const numericId: Kind<string> = asText((value) =>
  isObjectId(value) ? undefined : "must be an id: a whole number as text",
);

/** Which existing object a create takes over. */
export const adoptedId: Kind<string> = asText((value) =>
  value === "match" || isObjectId(value)
    ? undefined
    : 'must be the id of an existing object, or "match" for the one that equals the declared one',
);

/** For objects of which a system has one, and so needs no id to take it over. */
export const adoptedMatch: Kind<"match"> = plain('"match"', { type: "string" }, (value) =>
  value === "match" ? undefined : 'must be "match": there is only one to adopt',
);

export const publicKeyFingerprint: Kind<string> = asText((value) =>
  typeof value === "string" && /^[0-9a-f]{64}$/.test(value)
    ? undefined
    : "must be a public key's SHA-256 fingerprint: 64 hexadecimal digits in lower case",
);

export const duration: Kind<Duration> = plain("Duration", { type: "string" }, (value) =>
  durationSeconds(value) ? undefined : 'must be a duration such as "90d", "12h" or "30m"',
);

/** One of a few texts. */
export const oneOf = <const Texts extends readonly string[]>(...texts: Texts): Kind<Texts[number]> => {
  const quoted = texts.map((each) => `"${each}"`);
  const judge: Judge = (value) => (texts.some((each) => each === value) ? undefined : `must be ${quoted.join(" or ")}`);
  return { ...plain<Texts[number]>(quoted.join(" | "), { type: "string" }, judge), values: texts };
};

/** Resolvers read a name with such a last label as an IPv4 address. */
const LAST_LABEL_IS_NUMBER = /(^|\.)([0-9]+|0x[0-9a-f]*)\.?$/i;

const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/i;

/** A host as a system reaches it from where it stands: a name or an address, without a port. */
export const hostname: Kind<string> = asText((value) => {
  if (typeof value !== "string") return "must be a string";
  if (value === "") return "must not be empty";
  if (value.includes("%")) return "must not have a zone: the cluster's nodes have other interfaces than this machine";
  if (isIP(value) !== 0) return undefined;
  if (LAST_LABEL_IS_NUMBER.test(value)) return "is neither an IP address nor a host name";
  const labels = value.replace(/\.$/, "").split(".");
  if (value.length <= 253 && labels.every((label) => LABEL.test(label))) return undefined;
  return "is neither a host name nor an IP address (give international names in their xn-- form, and no port)";
});

interface ListRules {
  /** The elements in words, as in "a list of at least one host name". A list without these words may be empty. */
  atLeastOne?: string;
  /** The spelling that stands for all spellings of an element, and the noun for complaints about two equal ones. */
  unique?: { by: (element: unknown) => unknown; noun: string };
}

export function listOf<T>(element: Kind<T>, { atLeastOne, unique }: ListRules = {}): Kind<T[]> {
  const complaintOf: Judge = (value) => {
    if (!Array.isArray(value))
      return `must be a list${atLeastOne === undefined ? "" : ` of at least one ${atLeastOne}`}`;
    if (atLeastOne !== undefined && value.length === 0) return `must be a list of at least one ${atLeastOne}`;
    if (unique === undefined) return undefined;
    const known = value.filter((each) => !isUnknown(each) && element.complaints(each).length === 0).map(unique.by);
    return new Set(known).size === known.length ? undefined : `must not name a ${unique.noun} twice`;
  };
  return {
    typescript: arrayOf(element.typescript),
    schema: { type: "array", items: element.schema },
    element,
    object: element.object,
    complaints(value) {
      if (isUnknown(value)) return [];
      const reason = complaintOf(value);
      const elements = Array.isArray(value) ? value : [];
      return [
        ...(reason === undefined ? [] : [{ path: "", reason }]),
        ...elements.flatMap((each, index) =>
          element.complaints(each).map(({ path, reason }) => ({ path: `[${index}]${path}`, reason })),
        ),
      ];
    },
  };
}

const arrayOf = (type: string): string => (type.includes(" ") ? `(${type})[]` : `${type}[]`);

/** Texts by whatever names: a changed or added one asks for an action. */
export const triggers: Kind<Record<string, string>> = {
  typescript: "Record<string, string>",
  schema: { type: "object", additionalProperties: { type: "string" } },
  element: text,
  complaints: (value) =>
    isUnknown(value) || (isMembers(value) && Object.values(value).every((each) => typeof each === "string"))
      ? []
      : [{ path: "", reason: "must be an object of texts" }],
};

/** Whole numbers by whatever names. */
export const countsByName: Kind<Record<string, number>> = {
  typescript: "Record<string, number>",
  schema: { type: "object", additionalProperties: { type: "integer" } },
  element: integer(),
  complaints: (value) =>
    isUnknown(value) || (isMembers(value) && Object.values(value).every(isCount))
      ? []
      : [{ path: "", reason: "must be an object of whole numbers" }],
};

const isCount = (value: unknown): boolean => isUnknown(value) || (Number.isSafeInteger(value) && Number(value) >= 0);

const isMembers = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value that state keeps for the next run, and that no user reads. */
export const opaque = <T>(): Kind<T> => ({
  typescript: "unknown",
  schema: { type: "object", additionalProperties: { type: "string" } },
  complaints: () => [],
});

/** An object of named members. */
export interface ObjectKind<T> extends Kind<T> {
  readonly name: string;
  readonly doc: string;
  readonly members: Readonly<Record<string, Member>>;
}

export interface Member {
  kind: Kind<unknown>;
  doc: string;
  optional?: true;
}

/**
 * @param name of the type, in TypeScript and in the schema
 * @param complaints what is wrong with a value, where programs give one; outputs are right
 */
export const objectOf = <T>(
  name: string,
  doc: string,
  members: { readonly [Name in keyof Required<T>]: Member },
  complaints: (value: unknown) => Complaint[] = () => [],
): ObjectKind<T> => {
  const kind: ObjectKind<T> = {
    name,
    doc,
    members: members as Readonly<Record<string, Member>>,
    typescript: name,
    schema: { $ref: name },
    complaints,
  };
  return { ...kind, object: kind };
};
