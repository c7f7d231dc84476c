import { isDeepStrictEqual } from "node:util";
import type { Site } from "./site";

/** What there must be one of, and nothing else: as the cluster and the key servers themselves tell it. */
export async function pictureOf({ cluster, east, west }: Site) {
  const { keyPair, keyServers, keyProviders, softwareEncryption, lastIDs, keysToDestroy, hardwareEncryption } =
    cluster.state();
  const { masterKey, rekeys, rekey, dataKey } = softwareEncryption;
  const active = [...east.keys.active, ...west.keys.active];
  const keysInUse = [masterKey, hardwareEncryption.key].filter((key) => key?.keyManagementType === "external");
  const external = masterKey?.keyManagementType === "external";
  return {
    keyPairsMade: keyPair?.generation ?? 0,
    keyServers: keyServers.map(({ keyServerID, kmipKeyServerName, kmipKeyServerPort, keyProviderID }) => ({
      keyServerID,
      kmipKeyServerName,
      at: kmipKeyServerPort === west.settings.port ? "west" : "east",
      keyProviderID,
    })),
    keyServersMade: lastIDs.keyServer,
    keyProviders,
    keyProvidersMade: lastIDs.keyProvider,
    holder: external ? `key provider ${masterKey.keyProviderID}` : "internal keys",
    rekeys,
    rekeyRuns: rekey !== undefined,
    wrappedDataKeys: dataKey?.wrapped.length,
    keysToDestroy: keysToDestroy.length,
    keysMade: { east: east.keys.made, west: west.keys.made },
    hardwareEncryption: `${hardwareEncryption.state} ${hardwareEncryption.key?.keyProviderID}`,
    onlyKeysInUseActive: isDeepStrictEqual(active.sort(), keysInUse.map((key) => key?.keyID).sort()),
    dataUnwraps: await cluster.unwrapDataKey(),
  };
}

export type Picture = Awaited<ReturnType<typeof pictureOf>>;
