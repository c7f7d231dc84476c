import { systemClock } from "../../provider/core/clock";
import { type Cluster, ConnectedCluster } from "../../provider/systems/element/api/cluster";
import type {
  KeyProviderKmip,
  KeyServerKmip,
  SoftwareEncryptionAtRestInfo,
} from "../../provider/systems/element/api/types";
import { type KmipAttributes, KmipClient } from "../../simulator";
import type { Certificates } from "./certificates";
import { type ClusterConnection, KEY_SERVER_HOST } from "./servers";

/** What the cluster itself says, in its API's own words. */
export interface ClusterView {
  /** Its answer to GetSoftwareEncryptionAtRestInfo. */
  encryption: SoftwareEncryptionAtRestInfo;
  keyServers: KeyServerKmip[];
  keyProviders: KeyProviderKmip[];
}

/** An object as the key server lists it. */
export interface KeyServerObject extends KmipAttributes {
  /** Given by the key server; the cluster's own id of the key is among the attributes. */
  uniqueIdentifier: string;
}

/** A connection to the cluster that has nothing to do with the engine's. */
export const connectToCluster = (connection: ClusterConnection, signal: AbortSignal): ConnectedCluster =>
  new ConnectedCluster("default", connection, { clock: systemClock, signal, assertHostAlive: async () => {} });

export async function lookAtCluster(cluster: Cluster): Promise<ClusterView> {
  const [encryption, { kmipKeyServers: keyServers }, { kmipKeyProviders: keyProviders }] = await Promise.all([
    cluster.call("GetSoftwareEncryptionAtRestInfo", {}),
    cluster.call("ListKeyServersKmip", {}),
    cluster.call("ListKeyProvidersKmip", {}),
  ]);
  return { encryption, keyServers, keyProviders };
}

/** Asks the key server over KMIP, as a client of its own. */
export async function listKeyServerObjects(
  port: number,
  { authority, observer }: Certificates,
): Promise<KeyServerObject[]> {
  const client = await KmipClient.connect({
    host: KEY_SERVER_HOST,
    port,
    ca: authority.certificate,
    cert: observer.certificate,
    key: observer.privateKey,
  });
  try {
    await client.discoverVersions();
    const objects: KeyServerObject[] = [];
    for (const uniqueIdentifier of await client.locate()) {
      objects.push({ uniqueIdentifier, ...(await client.getAttributes(uniqueIdentifier)) });
    }
    return objects;
  } finally {
    await client.close();
  }
}
