// Made by "npm run generate" from the description of vsphere:DefaultKeyProvider in provider/systems.
import type * as pulumi from "@pulumi/pulumi";
import { EkmResource, type Shape, typeOf, type Wire } from "../resource";
import type { KeyProviderTrust } from "./key-provider-trust";
import { wiring } from "./wiring";

/** Arguments of {@link DefaultKeyProvider}. */
export interface DefaultKeyProviderArgs {
  /**
   * Name of the vCenter's connection. A name that leads to a vCenter of another identity is refused. Left out, that of
   * the key provider where it is a resource.
   * @default "default"
   */
  vcenter?: pulumi.Input<string>;
  /**
   * The provider of this trust, so that it is the default once it is healthy; or the name of one that is not managed
   * here.
   */
  keyProvider: KeyProviderTrust | pulumi.Input<string>;
  /**
   * Type and id of an entity, such as `ClusterComputeResource:domain-c8`. Needs vSphere 7.0.
   * @default the vCenter
   */
  entity?: pulumi.Input<string>;
  /** `"match"`: take over the default as it is. Of use at the first create alone. */
  adopt?: pulumi.Input<"match">;
}

/**
 * The key provider from which a vCenter, or one entity of its inventory, takes keys where nothing else is said. There
 * is one for each: another one is set back to the declared one.
 *
 * A destroy sets the former default again where that is still there and healthy, and none otherwise; a default that
 * somebody else has set meanwhile stays.
 *
 * API methods: `ListKmipServers`, `GetDefaultKmsCluster`, `SetDefaultKmsCluster`; to see whether it is healthy
 * `RetrieveKmipServersStatus_Task`; to remove what a run that was cut off has made `ListKeys`, `QueryCryptoKeyStatus`,
 * `RetrievePropertiesEx`, `UnregisterKmsCluster`.
 * Errors: `EKM_KEY_PROVIDER_UNHEALTHY`, `EKM_OBJECT_NOT_FOUND`.
 */
export class DefaultKeyProvider extends EkmResource {
  /** @internal */
  static readonly __pulumiType = typeOf("vsphere:DefaultKeyProvider");

  /** Name of the vCenter's connection. */
  declare readonly vcenter: pulumi.Output<string>;
  /** Id of the key provider. */
  declare readonly keyProvider: pulumi.Output<string>;
  /** Type and id of an entity, such as `ClusterComputeResource:domain-c8`. Needs vSphere 7.0. */
  declare readonly entity: pulumi.Output<string | undefined>;
  /** Identity of the vCenter: its `instanceUuid`. */
  declare readonly vcenterUuid: pulumi.Output<string>;
  /** How the vCenter's TLS certificate was verified. */
  declare readonly tlsVerification: pulumi.Output<"systemRoots" | "caCertificate" | "fingerprint256" | "off">;
  /** Name of the provider that was the default before; a destroy goes back to it. */
  declare readonly previous: pulumi.Output<string | undefined>;

  constructor(name: string, args: DefaultKeyProviderArgs, opts: pulumi.CustomResourceOptions = {}) {
    super(SHAPE, name, args, opts, wiring["vsphere:DefaultKeyProvider"] satisfies Wire<DefaultKeyProviderArgs>);
  }
}

const SHAPE: Shape = {
  token: "vsphere:DefaultKeyProvider",
  arguments: { vcenter: true, keyProvider: true, entity: true, adopt: true },
  properties: ["vcenter", "keyProvider", "entity", "adopt", "vcenterUuid", "tlsVerification", "previous"],
  deletesFirst: true,
};
