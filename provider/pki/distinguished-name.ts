import { type DerElement, DerTag, memberAt, members, objectIdentifier } from "./der";

/** One attribute of a distinguished name: its object identifier and its text. */
export interface NameAttribute {
  type: string;
  value: string;
}

/** A distinguished name: each relative name holds one attribute, rarely several. */
export type DistinguishedName = NameAttribute[][];

const SHORT_NAMES: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.42": "GN",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.25": "DC",
  "1.2.840.113549.1.9.1": "emailAddress",
};

export function readName(name: DerElement): DistinguishedName {
  return members(name).map((relativeName) =>
    members(relativeName).map((attribute) => {
      const [type, value] = [memberAt(members(attribute), 0), memberAt(members(attribute), 1)];
      return { type: objectIdentifier(type), value: decodeString(value) };
    }),
  );
}

/** On one line, in encoded order: `CN=storage-1, O=Example\, Inc.`; safe to print whatever the name holds. */
export function formatName(name: DistinguishedName): string {
  return name
    .map((relativeName) =>
      relativeName.map(({ type, value }) => `${SHORT_NAMES[type] ?? type}=${escapeValue(value)}`).join("+"),
    )
    .join(", ");
}

/** Without what moves a terminal's cursor or turns text around. */
const escapeValue = (value: string): string =>
  value.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "").replace(/[\\,+]/g, "\\$&");

function decodeString({ tag, contents }: DerElement): string {
  switch (tag) {
    case DerTag.Utf8String:
      return contents.toString("utf8");
    case DerTag.BmpString:
      return new TextDecoder("utf-16be").decode(contents);
    default:
      return contents.toString("latin1");
  }
}
