import type { ProtocolVersion } from "./message";

/** What this module speaks, highest first. */
export const SUPPORTED_VERSIONS: readonly ProtocolVersion[] = [4, 3, 2, 1, 0].map((minor) => ({ major: 1, minor }));
