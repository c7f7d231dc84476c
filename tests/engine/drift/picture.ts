import { configurationOf, encryptionOf } from "../acceptance/lab";
import type { Site } from "./site";

/** What a cluster's own records say. */
export type Picture = ReturnType<typeof pictureOf>;

export const pictureOf = ({ cluster }: Site) => ({
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
