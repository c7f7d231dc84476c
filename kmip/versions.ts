import { integer, required, structure } from "./fields";
import { Tag } from "./tags";
import type { TtlvItem } from "./ttlv";

export interface ProtocolVersion {
  major: number;
  minor: number;
}

/** What this module speaks, highest first. */
export const SUPPORTED_VERSIONS: readonly ProtocolVersion[] = [4, 3, 2, 1, 0].map((minor) => ({ major: 1, minor }));

/** Of TLS: what KMIP's own profiles ask for at least. Said to both ends, because Node's default can be lowered from outside. */
export const MINIMUM_TLS_VERSION = "TLSv1.2";

export const formatVersion = ({ major, minor }: ProtocolVersion): string => `${major}.${minor}`;

export function encodeVersion({ major, minor }: ProtocolVersion): TtlvItem {
  return structure(Tag.ProtocolVersion, [
    integer(Tag.ProtocolVersionMajor, major),
    integer(Tag.ProtocolVersionMinor, minor),
  ]);
}

export const decodeVersion = (items: TtlvItem[]): ProtocolVersion => ({
  major: required(items, Tag.ProtocolVersionMajor, "Integer"),
  minor: required(items, Tag.ProtocolVersionMinor, "Integer"),
});

export const isAmong = (versions: readonly ProtocolVersion[], { major, minor }: ProtocolVersion): boolean =>
  versions.some((version) => version.major === major && version.minor === minor);
