import type { ProtocolVersion } from "./message";

/** What this module speaks, highest first. */
export const SUPPORTED_VERSIONS: readonly ProtocolVersion[] = [4, 3, 2, 1, 0].map((minor) => ({ major: 1, minor }));

/** Of TLS: what KMIP's own profiles ask for at least. Said to both ends, because Node's default can be lowered from outside. */
export const MINIMUM_TLS_VERSION = "TLSv1.2";
