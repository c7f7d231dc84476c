import type { Declaration } from "../plan";
import { remark } from "../remark";
import { Reference } from "../value";
import type { ById, Draft } from "./draft";

/** The attachments of each key provider, by its id. */
export function planAttachments(draft: Draft, servers: ById, providers: ById): ReadonlyMap<number, Declaration[]> {
  const planned = new Map<number, Declaration[]>();
  for (const { keyServerID, keyProviderID } of draft.inventory.keyServers) {
    if (keyProviderID === null) continue;
    const [server, provider] = [servers.get(keyServerID), providers.get(keyProviderID)];
    if (server === undefined || provider === undefined) {
      draft.remarks.push(
        remark`The attachment of key server ${keyServerID} to key provider ${keyProviderID} is left out with its ends.`,
      );
      continue;
    }
    const { logicalName } = server;
    const others = draft.inventory.keyServers
      .filter((other) => other.keyProviderID === keyProviderID && other.keyServerID !== keyServerID)
      .map((other) => String(other.keyServerID));
    const attachment: Declaration = {
      resource: "KeyServerAttachment",
      variable: draft.variables.name(logicalName, "Attachment"),
      logicalName,
      args: {
        keyProvider: new Reference(provider.variable),
        keyServer: new Reference(server.variable),
        otherKeyServers: others.length === 0 ? undefined : others,
        adopt: "match",
      },
      description: remark`key server ${keyServerID} to key provider ${keyProviderID}`,
      remarks: [],
    };
    planned.set(keyProviderID, [...(planned.get(keyProviderID) ?? []), attachment]);
  }
  return planned;
}
