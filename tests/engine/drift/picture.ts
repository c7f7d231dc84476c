import type { ClusterSimulator } from "../../../simulator";
import { configurationOf, encryptionOf } from "../acceptance/lab";

/** What a cluster's own records say. */
export type Picture = ReturnType<typeof pictureOf>;

export const pictureOf = (cluster: ClusterSimulator) => ({
  ...configurationOf(cluster),
  hardwareEncryption: encryptionOf(cluster),
});

/** A picture whose only key server differs in some members. */
export const withKeyServer =
  (members: Partial<Picture["keyServers"][number]>) =>
  ({ keyServers, ...others }: Picture): Picture => ({
    ...others,
    keyServers: keyServers.map((server) => ({ ...server, ...members })),
  });
