import * as pulumi from "@pulumi/pulumi";
import type { ResourceOf } from "../reference";

type Provider = ResourceOf<"element:KeyProvider">;
type Server = ResourceOf<"element:KeyServer">;

/** What an attachment brings together. */
export interface AttachmentEnds {
  keyProvider: Provider | pulumi.Input<string>;
  keyServer: Server | pulumi.Input<string>;
}

/** The cluster of both ends, to which connections of several names may lead. */
export function commonCluster(
  provider: Provider | undefined,
  server: Server | undefined,
  owner: string,
): pulumi.Output<string> | undefined {
  if (provider === undefined || server === undefined) return (provider ?? server)?.cluster;
  return pulumi.all([provider.cluster, server.cluster]).apply(([ofProvider, ofServer]) => {
    if (ofProvider === ofServer) return pulumi.output(ofProvider);
    return pulumi.all([provider.clusterUniqueID, server.clusterUniqueID]).apply(([providerOn, serverOn]) => {
      assertTogether({ name: ofProvider, uniqueID: providerOn }, { name: ofServer, uniqueID: serverOn }, owner);
      return ofProvider;
    });
  });
}

/** A cluster, and the name of a connection to it. */
interface Place {
  name: string;
  uniqueID: string;
}

/** On another cluster, the id of an end would be that of another object. */
export function assertTogether(provider: Place, server: Place, owner: string): void {
  if (provider.uniqueID === server.uniqueID) return;
  throw new pulumi.RunError(
    `${owner}: "keyProvider" is on cluster "${provider.name}", and "keyServer" on cluster "${server.name}": both must be on one`,
  );
}
