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

/** The list has no order, and an absent list is the same as an empty one. */
export const sameServers = (a: readonly string[] = [], b: readonly string[] = []): boolean =>
  isDeepStrictEqual([...a].sort(), [...b].sort());

/** The servers of `ids` that are not declared; no server as long as the declared ones are not known. */
export const undeclared = (ids: readonly string[] = [], declared: readonly string[] = []): string[] =>
  holdsUnknown(declared) ? [] : ids.filter((id) => !declared.includes(id));
