import { isDeepStrictEqual } from "node:util";
import { holdsUnknown } from "../../../core/unknown";
import type { KeyServerKmip } from "../api/types";
import type { KeyServerAttachmentInputs } from "./resource";

type Ends = Pick<KeyServerAttachmentInputs, "keyProvider" | "keyServer">;

export const endsDiffer = (a: Ends, b: Ends): boolean => a.keyProvider !== b.keyProvider || a.keyServer !== b.keyServer;

/** The servers that a provider has besides the one of an attachment. */
export const othersOf = (servers: KeyServerKmip[], { keyProvider, keyServer }: Ends): KeyServerKmip[] =>
  servers.filter(
    ({ keyServerID, keyProviderID }) => keyProviderID === Number(keyProvider) && keyServerID !== Number(keyServer),
  );

/** Has no order, and none is the same as an empty list. */
export const sameServers = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  isDeepStrictEqual([...a].sort(), [...b].sort());

/** Those of `ids` that are not declared; none as long as the declared ones are not known. */
export const undeclared = (ids: readonly string[] = [], declared: readonly string[] = []): string[] =>
  holdsUnknown(declared) ? [] : ids.filter((id) => !declared.includes(id));
