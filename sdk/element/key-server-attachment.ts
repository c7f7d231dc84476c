// Made by "npm run generate" from the description of element:KeyServerAttachment in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import type { KeyProvider } from "./key-provider";
import type { KeyServer } from "./key-server";
import { wiring } from "./wiring";

/** Arguments of {@link KeyServerAttachment}. */
export interface KeyServerAttachmentArgs {
  /**
   * Name of the cluster's connection. A name that leads to a cluster of another identity is refused.
   * @default that of the resources that are given, or "default"
   */
  cluster?: pulumi.Input<string>;
  /** The key provider that gets the server, or its id where it is not managed in this program. */
  keyProvider: KeyProvider | pulumi.Input<string>;
  /** The key server, or its id where it is not managed in this program. It belongs to one key provider at a time. */
  keyServer: KeyServer | pulumi.Input<string>;
  /**
   * Ids of the key servers that the provider may have besides this server, where a cluster lets it have several. Any
   * other server of the provider is drift, which is refused because new keys are made there as well.
   * @default none
   */
  otherKeyServers?: pulumi.Input<pulumi.Input<string>[]>;
  /** `"match"`: take over the attachment that exists, and attach nothing. Of use at the first create alone. */
  adopt?: pulumi.Input<"match">;
}

/**
 * Gives a key provider its key server, and tests the provider. Another provider or server is an update, which is
 * refused while the provider is active.
 *
 * API methods: `AddKeyServerToProviderKmip`, `RemoveKeyServerFromProviderKmip`, `ListKeyServersKmip`,
 * `TestKeyProviderKmip`; to see who holds the provider's keys `ListKeyProvidersKmip`,
 * `GetSoftwareEncryptionAtRestInfo`, `GetAsyncResult`, `GetEncryptionAtRestInfo`; before Element 12.3 `ListDrives`.
 * Errors: `EKM_PROVIDER_ACTIVE`, `EKM_SERVER_ATTACHED_ELSEWHERE`, `EKM_UNDECLARED_KEY_SERVER`, `EKM_OBJECT_NOT_FOUND`.
 */
export class KeyServerAttachment extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("element:KeyServerAttachment");

  /** Name of the cluster's connection. */
  declare readonly cluster: pulumi.Output<string>;
  /** Id of the key provider. */
  declare readonly keyProvider: pulumi.Output<string>;
  /** Id of the key server. */
  declare readonly keyServer: pulumi.Output<string>;
  /** Ids of the provider's other key servers. */
  declare readonly otherKeyServers: pulumi.Output<string[] | undefined>;
  /** Name of the key provider, where the same program declares it. */
  declare readonly keyProviderName: pulumi.Output<string | undefined>;
  /** Name of the key server, where the same program declares it. */
  declare readonly keyServerName: pulumi.Output<string | undefined>;
  /** The provider's test passed with this server. */
  declare readonly tested: pulumi.Output<boolean>;
  /** Identity of the cluster: its `uniqueID`. */
  declare readonly clusterUniqueID: pulumi.Output<string>;
  /** How the cluster's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;

  constructor(name: string, args: KeyServerAttachmentArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts, wiring["element:KeyServerAttachment"] satisfies Wire<KeyServerAttachmentArgs>);
  }
}

const SHAPE: Shape = {
  token: "element:KeyServerAttachment",
  arguments: { cluster: true, keyProvider: true, keyServer: true, otherKeyServers: true, adopt: true },
  properties: [
    "cluster",
    "keyProvider",
    "keyServer",
    "otherKeyServers",
    "adopt",
    "keyProviderName",
    "keyServerName",
    "tested",
    "clusterUniqueID",
    "tlsVerification",
  ],
  deletesFirst: true,
};
