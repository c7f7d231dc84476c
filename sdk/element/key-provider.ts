// Made by "npm run generate" from the description of element:KeyProvider in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import { EkmResource, type Shape, typeOf } from "../resource";

/** Arguments of {@link KeyProvider}. */
export interface KeyProviderArgs {
  /**
   * Name of the cluster's connection. A name that leads to a cluster of another identity is refused.
   * @default "default"
   */
  cluster?: pulumi.Input<string>;
  /**
   * Name for display. Element cannot rename a provider: another name is a replacement, refused while it is active.
   * @default the logical name with a short suffix derived from the URN
   */
  name?: pulumi.Input<string>;
  /**
   * Id of an existing key provider to take over, or `"match"` for the provider that has the declared name. Of use at
   * the first create alone.
   */
  adopt?: pulumi.Input<string>;
}

/**
 * The object under which a cluster creates keys. It needs a {@link KeyServerAttachment} before it can hold keys.
 *
 * Deleting it waits until no key of it is outstanding, and fails with the name of whoever holds a key otherwise.
 *
 * API methods: `CreateKeyProviderKmip`, `DeleteKeyProviderKmip`, `ListKeyProvidersKmip`; to see who holds its keys
 * `GetSoftwareEncryptionAtRestInfo`, `GetAsyncResult`, `GetEncryptionAtRestInfo`; before Element 12.3 `ListDrives`; to
 * remove what a run that was cut off has made `ListKeyServersKmip`, `DeleteKeyServerKmip`, `ListKeyProvidersKmip`,
 * `DeleteKeyProviderKmip`, `RemoveKeyServerFromProviderKmip`.
 * Errors: `EKM_PROVIDER_ACTIVE`, `EKM_EQUAL_OBJECT_EXISTS`, `EKM_AMBIGUOUS_OBJECT`, `EKM_OBJECT_NOT_FOUND`.
 */
export class KeyProvider extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:KeyProvider");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /** Name for display. */
  declare readonly name: pulumi.Output<string>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** The cluster's id of the provider; the resource's id is the same as text. */
  declare readonly keyProviderID: pulumi.Output<number>;

  constructor(name: string, args: KeyProviderArgs = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts);
  }
}

const SHAPE: Shape = {
  token: "element:KeyProvider",
  arguments: { cluster: true, name: true, adopt: true },
  properties: ["cluster", "name", "adopt", "clusterUniqueID", "tlsVerification", "keyProviderID"],
  deletesFirst: true,
};
